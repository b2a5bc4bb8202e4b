// Before every page: a made-up language in which every text is its own English words between marks, and a record of
// what servers said, by which words that are no texts of ours are known.
(() => {
  try {
    localStorage.setItem("longrun.lang", "ja");
  } catch {
    return;
  }
  const data = (globalThis.__data = new Set());
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
    answer.clone().text().then((text) => {
      try {
        take(JSON.parse(text));
      } catch {
        take(text);
      }
    }, () => {});
    return answer;
  };
})();
