// What the table given shows: heads, and of each row on the page its place, link and texts.
const [table] = arguments;
const said = (element) => element.innerText.replace(/\s+/g, " ").trim();
const heads = [...table.querySelectorAll("thead th")].map((head) => ({
  text: head.textContent.replace(/\s+/g, " ").trim(),
  sort: head.getAttribute("aria-sort"),
}));
const rows = [...table.querySelectorAll("tbody tr")]
  .filter((row) => row.getAttribute("aria-hidden") !== "true")
  .map((row) => ({
    index: Number(row.getAttribute("aria-rowindex")),
    current: row.getAttribute("aria-current") === "true",
    href: row.querySelector("a[href]")?.getAttribute("href") ?? "",
    cells: [...row.cells].map(said),
  }));
return { count: Number(table.getAttribute("aria-rowcount")), heads, rows };
