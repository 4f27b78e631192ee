/* Dialogs and popovers open on a swap into them, popovers beside what was pressed; dialogs ask before they lose a form.
   data-open, data-close, data-ask="off"; HX-Trigger: closeDialog. */
let opener;
const before = new WeakMap();
const state = (dialog) => [...dialog.querySelectorAll("form:not([data-ask=off])")].map((form) => new URLSearchParams(new FormData(form))).join();

function open(dialog, isFresh) {
  if (isFresh || !dialog.open) before.set(dialog, state(dialog));
  if (dialog.open) return;
  dialog.showModal();
  (dialog.querySelector("[autofocus],[data-focus]") ?? dialog.querySelector(".db :is(input:not([type=hidden]),select,textarea)"))?.focus();
}

function close(dialog) {
  if ((before.get(dialog) ?? state(dialog)) === state(dialog) || dialog.querySelector(".asked")) {
    dialog.close();
    return;
  }
  const bar = document.createElement("div");
  bar.className = "ban warn asked";
  bar.setAttribute("role", "alert");
  bar.append("Close and lose what you typed?", Object.assign(document.createElement("button"), { type: "button", className: "l", textContent: "Discard changes", onclick: () => dialog.close() }));
  (dialog.querySelector(".df") ?? dialog.lastElementChild).before(bar);
  bar.lastChild.focus();
}

document.addEventListener("click", (event) => {
  const { target } = event;
  const opener = target.closest("[data-open]");
  if (opener && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    open(document.querySelector(opener.dataset.open));
  }
  const dialog = target.closest("dialog");
  if (dialog?.open && (target === dialog || target.closest("[data-close]"))) {
    event.preventDefault();
    close(dialog);
  }
});

document.addEventListener("input", ({ target }) => target.closest("dialog")?.querySelector(".asked")?.remove());

document.addEventListener("cancel", (event) => {
  if (event.target.matches?.("dialog")) {
    event.preventDefault();
    close(event.target);
  }
}, true);

document.addEventListener("close", ({ target }) => {
  before.delete(target);
  if (target.id === "drawer") target.replaceChildren();
  target.querySelector?.(".asked")?.remove();
}, true);

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.matches("dialog:not(:empty)")) open(detail.target, detail.xhr.status === 200); // not what stands in one
  if (detail.requestConfig?.verb === "get" && detail.elt.matches("[popover]:not(:empty,:popover-open)")) {
    opener = detail.requestConfig.elt;
    detail.elt.showPopover();
  }
});
document.addEventListener("closeDialog", () => document.querySelector("dialog[open]")?.close());

document.addEventListener("click", ({ target }) => { opener = target.closest("[popovertarget]") ?? opener; }, true);
document.addEventListener("beforetoggle", ({ target, newState }) => {
  if (newState !== "open" || !target.popover) return;
  if ((opener?.getAttribute("popovertarget") ?? target.id) !== target.id) opener = document.querySelector(`[popovertarget="${target.id}"]`);
  if (!opener) return;
  const at = opener.getBoundingClientRect();
  const isEnd = at.left + at.width / 2 > innerWidth / 2;
  const isLow = at.bottom > innerHeight * 0.65;
  const isWide = innerWidth <= 760 && target.matches(".pop");
  Object.assign(target.style, {
    left: isWide ? "8px" : isEnd ? "auto" : `${Math.max(at.left, 8)}px`,
    right: isWide ? "8px" : isEnd ? `${Math.max(document.documentElement.clientWidth - at.right, 8)}px` : "auto",
    top: isLow ? "auto" : `${at.bottom + 4}px`,
    bottom: isLow ? `${innerHeight - at.top + 4}px` : "auto",
  });
}, true);
