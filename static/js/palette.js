/* data-palette on a dialog: a field (role=combobox, answered by htmx into the role=listbox) and what it finds. Arrows,
   Home and End of the list, Enter opens, ⌘/Ctrl+Enter in a new tab. Empty, it shows the pages opened last: their
   addresses are kept in this browser, what they are called is asked of the server each time. */
/** Make the palette work; called when it first gets the focus. */
export function start(dialog) {
  const input = dialog.querySelector("[role=combobox]");
  const list = dialog.querySelector("[role=listbox]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  const marked = () => list.querySelector("[aria-selected=true]");
  let [answered, isDue] = [null, false]; // Enter before the answer to the last letter waits for it

  function mark(option) {
    options().forEach((one) => one.setAttribute("aria-selected", one === option));
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function look() {
    input.form.elements.opened.value = localStorage.opened ?? "";
    htmx.trigger(input, "look");
  }

  function open(option, isApart) {
    if (option.dataset.text) {
      input.value = option.dataset.text;
      look();
    } else if (isApart) window.open(option.href, "_blank", "noopener");
    else option.click();
  }

  input.addEventListener("keydown", (event) => {
    const all = options();
    const now = all.indexOf(marked());
    const to = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key];
    if (to !== undefined && all.length) mark(all.at(to % all.length));
    else if (event.key === "Enter" && answered !== input.value) isDue = true;
    else if (event.key === "Enter" && marked()) open(marked(), event.metaKey || event.ctrlKey);
    else if (event.key === "Escape" || (event.key === "k" && (event.metaKey || event.ctrlKey))) dialog.close(); // not: clear the field first
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointermove", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option && option !== marked()) mark(option);
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-text]");
    if (!option) return;
    event.preventDefault();
    input.focus();
    open(option);
  });
  input.addEventListener("input", () => { isDue = false; });
  list.addEventListener("htmx:afterSettle", ({ detail }) => {
    answered = detail.requestConfig.parameters.q; // not what is asked by now
    if (!isDue || answered !== input.value) return;
    isDue = false;
    if (options()[0]) open(options()[0]);
  });
  new MutationObserver(() => mark(options()[0])).observe(list, { childList: true });
  input.addEventListener("focus", look);
  dialog.addEventListener("close", () => {
    [answered, isDue] = [null, false];
    input.value = "";
    list.replaceChildren();
  });
  look();
}
