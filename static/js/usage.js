/* Counts how screens are used, without personal data: on leaving a page, the seconds to the first change in it and
   whether a form was changed but not sent go to data-beacon of <body>, with data-view (the view's name) and the device. */
let first = null;
let isOpen = false;

/** Something was typed or chosen. */
export function changed(event) {
  first ??= event.timeStamp / 1000;
  if (event.target.closest("form[method=post]")) isOpen = true;
}

document.addEventListener("input", changed);
document.addEventListener("submit", () => { isOpen = false; }, true);
addEventListener("pagehide", () => {
  const { beacon, view } = document.body.dataset;
  if (!beacon || first === null) return;
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const device = matchMedia("(max-width:760px)").matches ? "phone" : "desktop";
  const values = { csrfmiddlewaretoken: token, view, device, seconds: first.toFixed(1), abandoned: isOpen ? 1 : 0 };
  navigator.sendBeacon(beacon, new URLSearchParams(values));
  first = null;
  isOpen = false;
});
