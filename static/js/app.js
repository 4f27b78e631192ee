/* The start of every page: the behaviours that each page needs, and a loader for those that only some need.
   An element asks for one by its attribute: data-select, data-viewer, data-sort, data-upload, data-map, data-combo. */
import "./requests.js";
import "./dialogs.js";

const behaviours = {
  "[data-select]": () => import("./select.js"),
  "[data-viewer]": () => import("./viewer.js"),
  "[data-sort]": () => import("./sort.js"),
  "[data-upload]": () => import("./upload.js"),
  "[data-map]": () => import("./map.js"),
  "[data-combo]": () => import("./combobox.js"),
};
const started = new WeakSet();

function start() {
  for (const [selector, load] of Object.entries(behaviours)) {
    for (const element of document.querySelectorAll(selector)) {
      if (started.has(element)) continue;
      started.add(element);
      load().then((behaviour) => behaviour.start(element));
    }
  }
}

start();
document.addEventListener("htmx:afterSettle", start);

const toasts = document.getElementById("toasts");
const toast = () => toasts?.childElementCount && import("./toasts.js");
toast();
if (toasts) new MutationObserver(toast).observe(toasts, { childList: true });

document.addEventListener("keydown", (event) => {
  const isField = event.target.closest("input,textarea,select");
  if (event.key === "/" ? !isField : event.key === "k" && (event.metaKey || event.ctrlKey)) event.preventDefault();
  import("./keys.js").then((keys) => keys.press(event));
}, { once: true, capture: true });
document.addEventListener("input", (event) => import("./usage.js").then((usage) => usage.changed(event)), { once: true });
document.addEventListener("toggle", (event) => import("./menu.js").then((menu) => menu.toggled(event)), { once: true, capture: true });
