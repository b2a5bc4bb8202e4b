// Starts the console: theme and density before the first paint, the page's one Trusted Types policy, then the module. What is
// left when the console breaks is here, too: after a panic no code of the module may run any more.
// The only script of the page that is not generated. No inline script exists, so the policy of the server needs
// neither nonce nor hash; which files to load comes from the data attributes of the script element.
"use strict";
(() => {
  const { js, wasm } = document.currentScript.dataset;

  // Asked for at once: else it would wait for the module, and the first list for it. src/platform/early.rs takes it.
  window.longrunConfig = fetch("config.json", {
    cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(30000),
  }).then(async (answer) => [answer.status, await answer.text()]);
  window.longrunConfig.catch(() => {});

  // src/platform/theme.rs keeps both choices under these keys. Storage may be blocked; then the system decides.
  try {
    const root = document.documentElement.dataset;
    const theme = localStorage.getItem("longrun.theme");
    if (theme === "light" || theme === "dark" || theme === "contrast") root.theme = theme;
    if (localStorage.getItem("longrun.density") === "comfortable") root.density = "comfortable";
  } catch {}

  // Leptos builds its static templates through innerHTML. Those texts are written by us and fixed at compile time;
  // what no template of ours contains is refused here, so that injected markup cannot pass even by our own mistake.
  const decoded = (html) =>
    html
      .replace(/&#(x?)([0-9a-f]{1,7});?/gi, (_, hex, digits) => {
        const code = parseInt(digits, hex ? 16 : 10);
        return code <= 0x10ffff ? String.fromCodePoint(code) : "";
      })
      .replace(/&(tab|newline|colon);?/gi, (_, name) => (name.toLowerCase() === "colon" ? ":" : ""));
  const active = [
    /<[\s/]*(script|i?frame|frameset|object|embed|applet|portal|base|meta|link|style)\b/i,
    /[\s"'/]on[a-z]+\s*=/i,
    /\bsrcdoc\s*=/i,
  ];
  const refused = (html) => {
    const plain = decoded(html);
    // Browsers skip blanks and control characters inside a scheme.
    const scheme = plain.replace(/[\u0000-\u0020]/g, "");
    return active.some((pattern) => pattern.test(plain)) || /(java|vb)script:|data:text\/html/i.test(scheme);
  };
  window.trustedTypes?.createPolicy("default", {
    createHTML: (html) => (refused(html) ? null : html),
    createScript: () => null,
    createScriptURL: (url) => {
      const { origin, href } = new URL(url, document.baseURI);
      return origin === location.origin ? href : null;
    },
  });

  const parsed = new Promise((done) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done, { once: true });
    else done();
  });

  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  const explain = (error) => {
    const start = document.getElementById("start");
    // Once the console runs it tells of its failures itself.
    if (!start) return;
    const what = typeof WebAssembly === "object"
      ? "A part of the console did not load or did not start. Reload the page; if it stays like this, the files on the server may be incomplete or of two versions."
      : "This browser has no WebAssembly, or it is switched off. Please use a current browser.";
    const reload = element("button", "Reload");
    reload.className = "btn";
    reload.type = "button";
    reload.addEventListener("click", () => location.reload());
    const detail = element("p", `${error?.name ?? "Error"}: ${error?.message ?? error}`);
    start.setAttribute("role", "alert");
    start.replaceChildren(element("h1", "Longrun could not start"), element("p", what), detail, reload);
  };

  // A panic is a trap in the WASM: it reaches us as this error, from an event or out of a promise. Its text tells
  // nothing and is not shown. What the module still holds may be half changed, so nothing of its page stays.
  const stopped = (error) => {
    if (!(error instanceof WebAssembly.RuntimeError) || document.querySelector(".crash")) return;
    const screen = document.createElement("div");
    screen.className = "empty crash";
    screen.setAttribute("role", "alert");
    const says = "A mistake in the console itself, not in your operations. Nothing was sent because of it. Reload the page to go on; you stay signed in.";
    const reload = element("a", "Reload the page");
    reload.className = "btn btn-primary";
    reload.href = location.href;
    reload.addEventListener("click", (event) => {
      // With a fragment in its address the link alone would not load anything.
      event.preventDefault();
      location.reload();
    });
    screen.append(element("h1", "The console has stopped"), element("p", says), reload);
    document.body.replaceChildren(screen);
  };
  if (typeof WebAssembly === "object") {
    window.addEventListener("error", (event) => stopped(event.error));
    window.addEventListener("unhandledrejection", (event) => stopped(event.reason));
  }

  Promise.all([import(js), parsed])
    .then(([module]) => module.default({ module_or_path: wasm }))
    .then(() => document.getElementById("start")?.remove())
    .catch(async (error) => {
      await parsed;
      explain(error);
    });
})();
