/* The start of every page. What only some pages need is loaded for elements that ask by attribute: docs/frontend.md. */
import "./requests.js";
import "./dialogs.js";

const atOnce = {
  "[data-upload]": () => import("./upload.js"),
  "[data-sort]": () => import("./sort.js"),
  "[data-map]": () => import("./map.js"),
  "[data-lines]": () => import("./lines.js"),
  "[data-recent]": () => import("./recent.js"),
  "[data-counts]": () => import("./counts.js"),
};
const whenMet = {
  "[data-select]": () => import("./select.js"),
  "[data-viewer]": () => import("./viewer.js"),
  "[data-combo]": () => import("./combobox.js"),
  "[data-palette]": () => import("./palette.js"),
};
const started = new WeakSet();
const ready = new WeakSet();

async function start(element, load) {
  if (!element || started.has(element)) return;
  started.add(element);
  try {
    await (await load()).start(element);
  } finally {
    ready.add(element);
  }
}

function startAll() {
  return Promise.all(Object.entries(atOnce).flatMap(([selector, load]) => [...document.querySelectorAll(selector)].map((element) => start(element, load))));
}

function meet({ target }) {
  for (const [selector, load] of Object.entries(whenMet)) start(target.closest?.(selector), load);
}

function wait(event) {
  const gallery = event.target.closest("[data-viewer]");
  if (!gallery || ready.has(gallery) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  setTimeout(() => event.target.click(), 50);
}

export const begun = startAll();
document.addEventListener("htmx:afterSettle", startAll);
document.addEventListener("click", wait);
document.addEventListener("pointerover", meet);
document.addEventListener("focusin", meet);
meet({ target: document.activeElement }); // autofocus came before this file

const toasts = document.getElementById("toasts");
const toast = () => toasts?.childElementCount && import("./toasts.js");
toast();
if (toasts) new MutationObserver(toast).observe(toasts, { childList: true });

const early = [];
function hold(event) {
  const isField = event.target.closest("input:not([type=checkbox],[type=radio]),textarea,select");
  const isOurs = event.metaKey || event.ctrlKey ? event.key === "k" : !isField && event.key.length === 1 && event.key !== " ";
  if (isOurs && !event.altKey) event.preventDefault();
  if (early.push(event) > 1) return;
  import("./keys.js").then((keys) => {
    document.removeEventListener("keydown", hold, true);
    keys.replay(early);
  });
}
document.addEventListener("keydown", hold, true);
document.addEventListener("input", (event) => import("./usage.js").then((usage) => usage.changed(event)), { once: true });
document.addEventListener("toggle", (event) => import("./menu.js").then((menu) => menu.toggled(event)), { once: true, capture: true });
