// In the page, with the words that are known not to be ours: presses what opens something in place, looks at every text
// that is visible or spoken, and gives back what stands there without marks, each with where it was seen.
const known = new Set(arguments[0]);
const found = new Map();

const rest = (text) => {
  for (;;) {
    const less = text.replace(/⟦[^⟦⟧]*⟧/gu, " ");
    if (less === text) return text;
    text = less;
  }
};
const odd = (text) =>
  (rest(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter(
    // What holds digits is an id.
    (word) => /^\p{L}{2,}$/u.test(word) && !globalThis.__data.has(word) && !known.has(word),
  );
const seen = (element) => element.checkVisibility({ visibilityProperty: true });

const look = (place) => {
  const note = (text, what) => {
    const words = odd(text);
    if (words.length) found.set(`${what} "${text.trim().slice(0, 120)}"`, place);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: parent, nodeValue: text } = texts.currentNode;
    // The beginning of a row that could not be read is the server's.
    if (!text.trim() || text.startsWith("{") || parent.closest("script, style, noscript, svg, [role=tree], .json-raw, .error-text, kbd")) continue;
    const shown = parent.closest("option") ? parent.closest("select") : parent;
    if (shown && seen(shown)) note(text, "text");
  }
  for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"])
    for (const element of document.querySelectorAll(`[${name}]`)) if (seen(element)) note(element.getAttribute(name), name);
  note(document.title, "tab");
};

const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const settled = async () => {
  const end = performance.now() + 4000;
  do {
    await frame();
    await frame();
  } while ((globalThis.__reading || document.querySelector("[aria-busy=true]")) && performance.now() < end);
};
const name = (element) => element.getAttribute("aria-label") ?? element.textContent.trim();
const close = async () => {
  for (const open of document.querySelectorAll(":popover-open")) open.hidePopover();
  for (const dialog of [...document.querySelectorAll("dialog[open]")].reverse())
    dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
  await settled();
};

// By name, as what is pressed may draw the others anew.
const press = async (selector, place, undo) => {
  const all = () => [...document.querySelectorAll(selector)].filter((one) => seen(one) && one.ariaDisabled !== "true");
  for (const wanted of new Set(all().map(name))) {
    const here = location.href;
    const button = all().find((one) => name(one) === wanted);
    if (!button) continue;
    button.click();
    await settled();
    look(`${place} ${wanted}`);
    // A page of its own is looked at when it is asked for.
    if (undo) await close();
    if (undo && location.href !== here) {
      history.back();
      await settled();
    }
  }
};

await settled();
look("");
for (const fold of document.querySelectorAll("details:not([open]) > summary")) fold.click();
await press("[role=tab]", "tab", false);
await press("[aria-haspopup]", "menu", true);
const dots = [...document.querySelectorAll("main button")].filter((one) => /…⟧?$/u.test(one.textContent.trim()));
dots.forEach((one) => one.setAttribute("data-dots", ""));
await press("[data-dots]", "dialog", true);
document.querySelector("main :is(td, th) input[type=checkbox]")?.click();
await settled();
look("selection");
await press(".selection button:not([aria-haspopup])", "selection", true);
const box = document.querySelector("#omnibox");
for (const typed of box ? [">", "7c1a2b", "nothing like this", ""] : []) {
  box.focus();
  box.value = typed;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  look(`box ${typed}`);
}
if (!document.body.textContent.includes("⟦")) found.set("no text of ours at all", "");
return [...found].map(([what, place]) => `${what}${place && ` (${place})`}`);
