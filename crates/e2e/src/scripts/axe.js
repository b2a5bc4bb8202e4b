// Every rule that axe runs by default, best practices included, and those of WCAG 2.2 AA it leaves off by default.
const extra = ["target-size", "label-content-name-mismatch", "table-fake-caption", "td-has-header", "css-orientation-lock"];
// What depends on the colours, outlines and sizes of a theme; all else is the same in each.
const themed = ["color-contrast", "link-in-text-block", "target-size"];
const [onlyThemed] = arguments;
const on = (media) => matchMedia(media).matches;
const colours = `${on("(prefers-color-scheme: dark)") ? "dark" : "light"}${on("(prefers-contrast: more)") ? ", high contrast" : ""}`;
// Colours are judged as they are when nothing moves any more; what never ends is not waited for.
const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
const still = Promise.all(moving.map((one) => one.finished.catch(() => {})));
const patience = new Promise((done) => setTimeout(done, 2000));
return Promise.race([still, patience])
  .then(() => axe.run(document, {
    resultTypes: ["violations"],
    preload: false,
    ...(onlyThemed ? { runOnly: themed } : {}),
    rules: Object.fromEntries((onlyThemed ? themed : extra).map((id) => [id, { enabled: true }])),
  }))
  .then(({ violations }) => violations.flatMap((rule) =>
    rule.nodes.map((node) => {
      const why = node.failureSummary.split("\n").slice(1).map((line) => line.trim()).join(" ");
      return `${colours}: ${rule.id} (${rule.impact}) at ${node.target.join(" ")}: ${why} ${node.html.slice(0, 160)}`;
    })));
