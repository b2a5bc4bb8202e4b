// Before every page: a made-up language in which every text is its own English words between marks, and a record of
// what servers said, by which words that are no texts of ours are known.
(() => {
  try {
    localStorage.setItem("longrun.lang", "ja");
  } catch {
    return;
  }
  // The console remembers some of it from page to page.
  const data = (globalThis.__data = new Set((sessionStorage.getItem("said") ?? "").split(" ")));
  globalThis.__reading = 0;
  const take = (value) => {
    if (typeof value === "string") (value.match(/[\p{L}\p{N}]+/gu) ?? []).forEach((word) => data.add(word));
    else if (value && typeof value === "object") Object.values(value).forEach(take);
  };
  const fetched = globalThis.fetch;
  globalThis.fetch = async (...args) => {
    const answer = await fetched.apply(globalThis, args);
    const url = new URL(args[0]?.url ?? args[0], location.href);
    if (url.pathname === "/lang/ja.json") {
      const texts = Object.keys(await answer.json()).filter((text) => /\p{L}/u.test(text.replace(/\{\d\}/g, "")));
      return Response.json(Object.fromEntries(texts.map((text) => [text, `⟦${text}⟧`])));
    }
    globalThis.__reading += 1;
    const done = () => {
      globalThis.__reading -= 1;
      sessionStorage.setItem("said", [...data].join(" "));
    };
    answer
      .clone()
      .text()
      .then((text) => {
        try {
          take(JSON.parse(text));
        } catch {
          take(text);
        }
      })
      .then(done, done);
    return answer;
  };
})();
