/* Keys in menus and popovers: a .menu that opens takes focus; arrows, Home and End move in it; Esc (native) returns focus.
   A .pop that opens focuses its first field. Where the popover stands is decided in dialogs.js. What looks again by itself
   waits while one is open in it. */
const items = (menu) => [...menu.querySelectorAll("a,button:not(:disabled)")].filter((item) => item.checkVisibility());

/** A popover opened or closed. */
export function toggled({ target, newState }) {
  if (newState !== "open" || !target.popover || target.contains(document.activeElement)) return;
  if (target.matches(".menu")) items(target)[0]?.focus();
  else target.querySelector("[autofocus],input:not([type=hidden]),select,textarea,a,button")?.focus();
}

document.addEventListener("toggle", toggled, true);
document.addEventListener("htmx:beforeRequest", (request) => { // swapped, it would lose its place
  const { elt, requestConfig } = request.detail;
  if (!requestConfig.triggeringEvent && elt.querySelector(":popover-open")) request.preventDefault();
});
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest(".menu");
  if (!menu) return;
  const all = items(menu);
  const now = all.indexOf(event.target);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  all.at(next % all.length)?.focus();
}, true);
