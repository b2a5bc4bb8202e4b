// In the measured page from its first moment: times from trusted input to the painted frame that is right, the
// longest stretch in which nothing else could run, and the module's memory. It reads the page and changes nothing.
(() => {
  const find = (selector) => document.querySelector(selector);
  const row = (index) => find(`tr[aria-rowindex="${index}"]`);
  const leads = (link, id) => link?.getAttribute("href")?.endsWith(`/${encodeURIComponent(id)}`) ?? false;
  // A message posted in a frame's callbacks is handled after that frame was painted; so is the next frame, which the
  // browser may begin before it handles the message. Whichever comes first shows that the frame was painted.
  const afterPaint = (then) => {
    let isPainted = false;
    const painted = () => {
      if (isPainted) return;
      isPainted = true;
      then(performance.now());
    };
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = painted;
    port2.postMessage(0);
    requestAnimationFrame(painted);
  };
  const once = (right, then) => {
    const frame = () => (right() ? afterPaint(then) : requestAnimationFrame(frame));
    requestAnimationFrame(frame);
  };

  const probe = {
    shows: (text) => find('[role=status][aria-label="Rows shown"]')?.textContent === text,
    leads: (ids) => ids.some((id) => leads(row(2)?.querySelector("a[href]"), id)),
    ordered: (head, order) =>
      [...document.querySelectorAll("th[aria-sort]")].some((one) => one.textContent.startsWith(head) && one.ariaSort === order),
    says: (index, id, text) => leads(row(index)?.querySelector("a[href]"), id) && row(index).textContent.includes(text),
    chip: (name) => find(`button[aria-label="Remove filter: ${name}"]`) !== null,

    // Waits for the next trusted event of this type; `taken` then becomes the milliseconds to the right frame.
    arm: (type, right) => {
      probe.taken = new Promise((resolve) => {
        const heard = (event) => {
          if (!event.isTrusted) return;
          removeEventListener(type, heard, true);
          once(right, (painted) => resolve(painted - event.timeStamp));
        };
        addEventListener(type, heard, true);
      });
    },

    // From now on: the longest gap between two turns of the event loop.
    watch: () => {
      const { port1, port2 } = new MessageChannel();
      let last = performance.now();
      probe.gap = 0;
      probe.tasks = 0;
      port1.onmessage = () => {
        const now = performance.now();
        probe.gap = Math.max(probe.gap, now - last);
        last = now;
        if (probe.watching) port2.postMessage(0);
      };
      probe.watching = true;
      port2.postMessage(0);
    },
    stop: () => {
      probe.watching = false;
      return { gap: probe.gap, task: probe.tasks };
    },
    wasm: () => probe.memory?.buffer.byteLength ?? 0,
  };
  globalThis.__probe = probe;

  once(() => row(2)?.querySelector("a[href]"), (painted) => {
    probe.firstRow = painted;
    probe.firstLink = row(2)?.querySelector("a[href]")?.getAttribute("href");
  });
  const all = sessionStorage.getItem("probe.rows");
  if (all) once(() => probe.shows(all), (painted) => (probe.allRows = painted));
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) probe.tasks = Math.max(probe.tasks ?? 0, duration);
  }).observe({ type: "longtask", buffered: true });
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await real.apply(WebAssembly, given);
      // Exports have short names; the memory is told by what it is.
      const exports = Object.values((made.instance ?? made).exports ?? {});
      probe.memory = exports.find((one) => one instanceof WebAssembly.Memory) ?? probe.memory;
      return made;
    };
  }
  if (sessionStorage.getItem("probe.watch")) probe.watch();
})();
