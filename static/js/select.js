/* data-select on a form around a table: row boxes .ck, the header's .ck with data-all, and a .bulk bar with [data-count].
   The bar is shown by CSS while a box is ticked, so the form works without this file. Shift+click ticks a range,
   Esc or [data-clear] clears. */

/** Keep the count, the header's box and the ranges of one form. */
export function start(form) {
  const boxes = () => [...form.querySelectorAll(".ck:not([data-all])")];
  let last = null;

  function update() {
    const all = boxes();
    const ticked = all.filter((box) => box.checked).length;
    form.querySelectorAll("[data-count]").forEach((place) => { place.textContent = ticked; });
    const head = form.querySelector(".ck[data-all]");
    if (head) {
      head.checked = ticked > 0 && ticked === all.length;
      head.indeterminate = ticked > 0 && ticked < all.length;
    }
  }

  function set(on, some = boxes()) {
    some.forEach((box) => { box.checked = on; });
    update();
  }

  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-clear]")) set(false);
    if (!event.target.matches(".ck:not([data-all])")) return;
    const all = boxes();
    if (event.shiftKey && last) {
      const [low, high] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
      set(event.target.checked, all.slice(low, high + 1));
    }
    last = event.target;
  });
  form.addEventListener("change", ({ target }) => (target.matches("[data-all]") ? set(target.checked) : update()));
  document.addEventListener("keydown", (event) => {
    const isBusy = document.querySelector("dialog[open],:popover-open") || event.target.closest("input:not(.ck),textarea,select");
    if (event.key === "Escape" && !isBusy && form.isConnected) set(false);
  });
  document.addEventListener("htmx:afterSettle", () => form.isConnected && update());
  // All were ticked before this file came.
  if (form.querySelector(".ck[data-all]:checked") && !boxes().some((box) => box.checked)) set(true);
  else update();
}
