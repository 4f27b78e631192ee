/* Toasts in #toasts: they leave after 6 s, wait under the pointer or with focus in them, and errors (.bad) stay.
   At most 3 are kept. A button with data-dismiss closes its toast. */
const box = document.getElementById("toasts");
const timers = new WeakMap();

function leave(toast) {
  toast.classList.add("gone");
  setTimeout(() => toast.remove(), 200);
}

function arrive() {
  // Once idiomorph is loaded, its htmx extension swaps the out-of-band wrapper too. It stays: a button that is moved while
  // it is pressed hears no click.
  const all = [...box.querySelectorAll(".toast")];
  for (const toast of all) {
    if (timers.has(toast)) continue;
    const wait = () => timers.set(toast, toast.classList.contains("bad") ? 0 : setTimeout(leave, 6000, toast));
    wait();
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(timers.get(toast)));
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, wait);
  }
  all.slice(0, -3).forEach((toast) => toast.remove());
}

if (box) {
  arrive();
  new MutationObserver(arrive).observe(box, { childList: true });
  box.addEventListener("click", ({ target }) => target.closest("[data-dismiss]") && leave(target.closest(".toast")));
}

/** Show a sentence; `isError` keeps it until it is closed. */
export function toast(sentence, isError = false) {
  const element = document.createElement("div");
  element.className = isError ? "toast bad" : "toast";
  const words = document.createElement("p");
  words.textContent = sentence;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn sm", textContent: "Close" });
  button.dataset.dismiss = "";
  element.append(words, button);
  box.append(element);
}
