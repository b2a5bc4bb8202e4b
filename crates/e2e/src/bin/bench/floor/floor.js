// The floor of the bench: the same screen by hand, in plain JavaScript, without a framework and without what makes the
// console more than a table. It asks the same server for the same rows with the same token, reads them with the
// browser's own JSON.parse, draws the same rows with the same style sheet, and is measured by the same probe. It keeps
// no promise beyond what is measured: no streaming, no age, no errors, no identity of rows over a refresh.
"use strict";
(() => {
  const LIST = "/ecl/virtual-network-appliance/v1.0/operations";
  const STATES = ["Waiting", "Running", "Cancelling", "Stuck", "Succeeded", "Failed", "Cancelled", "Unknown"];
  const WORDS = { PROCESSING: "Running", COMPLETE: "Succeeded", ERROR: "Failed", STUCK: "Stuck" };
  const ENDED = new Set(["Succeeded", "Failed", "Cancelled"]);
  const SEARCHED = [
    "id", "request_type", "status", "resource_id", "resource_type", "tenant_id", "request_id", "error", "warning",
  ];
  const COLUMNS = [
    ["state", "Status", (row) => row.state, false],
    ["kind", "Operation", (row) => row.kind.toLowerCase(), false],
    ["id", "ID", (row) => row.id.toLowerCase(), false],
    ["target", "Appliance", (row) => row.target.toLowerCase(), false],
    ["tenant", "Tenant", (row) => row.tenant.toLowerCase(), false],
    ["created", "Received", (row) => row.created, true],
    ["duration", "Duration", (row) => row.lasts(now), true],
    ["warning", "Warning", null, false],
  ];
  const OVERSCAN = 4;

  const byId = (id) => document.getElementById(id);
  const el = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...children);
    return made;
  };
  const grouped = new Intl.NumberFormat("en");
  const stamp = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit" });
  const icon = (id) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#${id}`);
    svg.append(use);
    return svg;
  };

  class Row {
    constructor(read) {
      this.id = String(read.id ?? "");
      this.state = WORDS[String(read.status ?? "").toUpperCase()] ?? "Unknown";
      this.kind = String(read.request_type ?? "");
      this.target = String(read.resource_id ?? "");
      this.type = String(read.resource_type ?? "");
      this.tenant = String(read.tenant_id ?? "");
      this.created = at(read.reception_datetime);
      this.ended = at(read.commit_datetime);
      this.warning = String(read.warning ?? "");
      this.body = read.request_body;
      let words = SEARCHED.map((name) => String(read[name] ?? "")).join("\n");
      const appliance = typeof this.body === "object" && this.body && Object.values(this.body)[0];
      this.name = typeof appliance?.name === "string" ? appliance.name : "";
      if (this.name) words += `\n${this.name}`;
      this.words = words.toLowerCase();
    }
    lasts(now) {
      if (!this.created) return -1;
      if (this.ended) return this.ended - this.created;
      return ENDED.has(this.state) ? -1 : now - this.created;
    }
  }
  const at = (text) => (text ? Date.parse(`${String(text).replace(" ", "T")}Z`) || 0 : 0);
  const span = (ms) => {
    if (ms < 0) return "-";
    const minutes = Math.floor(ms / 60000);
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  };

  let all = [];
  let sorted = [];
  let visible = [];
  let now = Date.now();
  let word = "";
  let hidesDeleted = false;
  const chosen = new Set();
  const order = { column: "created", descending: true };

  const address = () => (hidesDeleted ? `${LIST}?no_deleted=true` : LIST);
  let asked = 0;
  const load = async (anew) => {
    const mine = ++asked;
    if (anew) {
      all = [];
      sort();
    }
    const answer = await fetch(address(), { headers: { "x-auth-token": sessionStorage.getItem("floor.token") }, cache: "no-store" });
    const { operations } = await answer.json();
    if (mine !== asked) return;
    now = Date.now();
    all = operations.map((read) => new Row(read));
    sort();
  };

  const sort = () => {
    const [, , key] = COLUMNS.find(([id]) => id === order.column);
    const keyed = all.map((row) => ({ row, key: key(row) }));
    const turn = order.descending ? -1 : 1;
    keyed.sort((a, b) => (a.key < b.key ? -turn : a.key > b.key ? turn : 0));
    sorted = keyed.map(({ row }) => row);
    for (const head of byId("heads").children) {
      if (head.dataset.column === order.column) head.ariaSort = order.descending ? "descending" : "ascending";
      else head.removeAttribute("aria-sort");
    }
    filter();
  };

  const filter = () => {
    const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
    visible = [];
    for (const row of sorted) {
      if (word && !row.words.includes(word)) continue;
      counts[row.state] += 1;
      if (!chosen.size || chosen.has(row.state)) visible.push(row);
    }
    for (const button of byId("states").children) {
      button.lastChild.textContent = grouped.format(counts[button.dataset.state]);
      button.setAttribute("aria-pressed", String(chosen.has(button.dataset.state)));
    }
    byId("shown").textContent = `${grouped.format(visible.length)} of ${grouped.format(all.length)}`;
    draw(true);
  };

  const body = byId("rows");
  const spaces = [0, 1].map(() => el("tr", { class: "space", "aria-hidden": "true" }, el("td", {})));
  body.append(...spaces);
  let scroller = null;
  let height = 32;
  let drawn = "";
  const scrollerOf = () => {
    let box = body;
    while (box && !/(auto|scroll)/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
    return box ?? document.scrollingElement;
  };
  const draw = (anew) => {
    if (!scroller) {
      scroller = scrollerOf();
      // The spacers are no content to hold on to.
      scroller.style.overflowAnchor = "none";
    }
    const above = Math.max(0, scroller.getBoundingClientRect().top - body.getBoundingClientRect().top);
    const from = Math.min(Math.max(0, Math.floor(above / height) - OVERSCAN), visible.length);
    const to = Math.min(visible.length, Math.ceil((above + scroller.clientHeight) / height) + OVERSCAN);
    const range = `${from} ${to}`;
    if (!anew && range === drawn) return;
    drawn = range;
    spaces[0].firstChild.style.height = `${from * height}px`;
    spaces[1].firstChild.style.height = `${(visible.length - to) * height}px`;
    const lines = visible.slice(from, to).map((row, n) => line(row, from + n));
    // The old rows go last: with nothing on the page the place would be lost.
    const old = [...body.children].slice(1, -1);
    spaces[1].before(...lines);
    for (const row of old) row.remove();
    const measured = lines[0]?.getBoundingClientRect().height;
    if (measured >= 1) height = measured;
  };

  const short = (id) => (/^[0-9a-f-]{32,}$/i.test(id) ? id.slice(0, 8) : id.slice(0, 40));
  const idCell = (id) => el("span", { class: "id", title: id }, short(id));
  const line = (row, index) => {
    const slug = row.state.toLowerCase();
    const on = row.name || row.type.split("::").pop();
    const created = row.created ? stamp.format(row.created) : "-";
    const lasts = span(row.lasts(now));
    const copy = el("button", { class: "copy", type: "button", "aria-label": `Copy ID ${row.id}` }, icon("i-copy"));
    copy.addEventListener("click", () => navigator.clipboard.writeText(row.id));
    return el(
      "tr",
      { "aria-rowindex": index + 2 },
      el("td", { class: "pick" }, el("label", { class: "hit" }, el("input", { class: "check", type: "checkbox", "aria-label": `Select ${row.id}` }))),
      el("td", { class: "col-status" }, el("span", { class: `st st-${slug}` }, icon(`s-${slug}`), row.state)),
      el(
        "th",
        { class: "col-kind", scope: "row" },
        el("div", { class: "op" }, el("a", { href: `/c/ecl-demo/operations/${encodeURIComponent(row.id)}` }, el("strong", {}, row.kind || "No type"), " ", el("span", { class: "on" }, on))),
        el("div", { class: "sub" }, el("span", {}, created), el("span", {}, lasts)),
      ),
      el("td", { class: "low col-id" }, el("span", { class: "id" }, el("span", { title: row.id }, short(row.id)), copy)),
      el("td", { class: "low col-target" }, row.target ? idCell(row.target) : "-"),
      el("td", { class: "low col-tenant" }, row.tenant ? idCell(row.tenant) : "-"),
      el("td", { class: "low col-created num" }, el("time", { datetime: new Date(row.created).toISOString(), title: String(row.created) }, created)),
      el("td", { class: "low col-duration num" }, el("span", {}, lasts)),
      el("td", { class: "low col-warning" }, row.warning ? el("span", { class: "clip", title: row.warning }, row.warning) : el("span", { class: "quiet" }, "-")),
    );
  };

  byId("heads").append(el("th", { scope: "col", class: "pick" }));
  for (const [id, head, key, descends] of COLUMNS) {
    const th = el("th", { scope: "col", class: `col-${id === "state" ? "status" : id}`, "data-column": id });
    if (key) {
      const button = el("button", { class: "sort", type: "button" }, head);
      button.addEventListener("click", () => {
        order.descending = order.column === id ? !order.descending : descends;
        order.column = id;
        scroller.scrollTop = 0;
        sort();
      });
      th.append(button);
    } else th.append(el("span", {}, head));
    byId("heads").append(th);
  }
  for (const state of STATES) {
    const button = el("button", { type: "button", "aria-pressed": "false", "data-state": state }, icon(`s-${state.toLowerCase()}`), `${state} `, el("span", { class: "n" }, "0"));
    button.addEventListener("click", () => {
      if (!chosen.delete(state)) chosen.add(state);
      filter();
    });
    byId("states").append(button);
  }
  byId("query").addEventListener("input", (event) => {
    word = event.target.value.trim().toLowerCase();
    filter();
  });
  byId("deleted").addEventListener("click", () => {
    hidesDeleted = !hidesDeleted;
    byId("deleted").setAttribute("aria-pressed", String(hidesDeleted));
    byId("chips").replaceChildren(
      ...(hidesDeleted ? [el("button", { type: "button", "aria-label": "Remove filter: Hide deleted is on" }, "Hide deleted")] : []),
    );
    load(true);
  });
  byId("refresh").addEventListener("click", () => load(false));
  let at_ = 0;
  const go = (to) => {
    at_ = Math.max(0, Math.min(visible.length - 1, to));
    const top = at_ * height;
    if (top < scroller.scrollTop || top + height > scroller.scrollTop + scroller.clientHeight - height) {
      scroller.scrollTop = Math.max(0, top - scroller.clientHeight / 2);
    }
    draw(false);
    body.querySelector(`tr[aria-rowindex="${at_ + 2}"] a`)?.focus({ preventScroll: true });
  };
  addEventListener("keydown", (event) => {
    if (event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.floor(scroller.clientHeight / height);
    if (event.key === "r") load(false);
    else if (event.key === "j" || event.key === "ArrowDown") go(at_ + 1);
    else if (event.key === "k" || event.key === "ArrowUp") go(at_ - 1);
    else if (event.key === "PageDown") go(at_ + page);
    else if (event.key === "PageUp") go(at_ - page);
    else if (event.key === "End") go(visible.length - 1);
    else if (event.key === "Home") go(0);
    else return;
    event.preventDefault();
  });
  let asks = false;
  addEventListener("scroll", () => {
    if (asks) return;
    asks = true;
    requestAnimationFrame(() => {
      asks = false;
      draw(false);
    });
  }, { capture: true, passive: true });
  load(true);
})();
