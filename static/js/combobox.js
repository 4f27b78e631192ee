/* data-combo on a wrapper of: a text input (role=combobox, hx-get for suggestions into the listbox), a hidden input for
   the chosen id, and a role=listbox. Options: role=option, id, data-value, data-text. Arrows, Enter, Esc and the mouse
   choose; without this file the text itself is posted and the server finds the place. A choice fires "change".
   With data-first on the input, Enter chooses the option with data-best at once; before the answer to the last letter is
   there, it waits for it. An answer that comes after the choice, Esc or leaving opens nothing. */

/** Make one combobox work. */
export function start(combo) {
  const input = combo.querySelector("[role=combobox]");
  const hidden = combo.querySelector("input[type=hidden]");
  const list = combo.querySelector("[role=listbox]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let answered = input.value; // the text that the options are for
  let [isWalked, isDue, isOver] = [false, false, false];

  function mark(option) {
    options().forEach((one) => one.setAttribute("aria-selected", one === option));
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function show() {
    const any = options().length > 0 || Boolean(list.querySelector("p"));
    input.setAttribute("aria-expanded", any);
    if (!any || input.dataset.first === undefined) return;
    const best = list.querySelector("[data-best]");
    if (isDue && best && answered === input.value) choose(best);
    else mark(best);
  }

  function hide() {
    [isWalked, isDue, isOver] = [false, false, true];
    list.replaceChildren();
    mark(null);
    input.setAttribute("aria-expanded", "false");
  }

  function choose(option) {
    answered = input.value = option.dataset.text ?? option.textContent.trim();
    if (hidden) hidden.value = option.dataset.value;
    hide();
    (hidden ?? input).dispatchEvent(new Event("change", { bubbles: true }));
  }

  input.addEventListener("input", () => {
    if (hidden) hidden.value = "";
    [isDue, isOver] = [false, false];
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const now = all.findIndex((one) => one.ariaSelected === "true");
    const to = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key];
    if (to !== undefined && all.length) {
      event.preventDefault();
      isWalked = true;
      mark(all.at(to % all.length));
    } else if (event.key === "Enter" && input.dataset.first !== undefined && answered !== input.value && !isWalked) {
      event.preventDefault();
      isDue = true;
    } else if (event.key === "Enter" && now >= 0) {
      event.preventDefault();
      choose(all[now]);
    } else if (event.key === "Escape" && list.childElementCount) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option);
  });
  input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== input) hide(); }, 150));
  list.addEventListener("htmx:beforeSwap", ({ detail }) => {
    isWalked = false;
    answered = detail.requestConfig.parameters[input.name];
    if (isOver) detail.shouldSwap = false;
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    input.addEventListener(name, () => {
      [answered, isDue] = [input.value, false];
      list.replaceChildren();
    });
  }
  if (input.value !== input.defaultValue) { // letters were typed before this file came: what is there may be for the first of them
    answered = null;
    if (hidden) hidden.value = "";
    htmx.ajax("GET", input.getAttribute("hx-get"), { source: input, target: list }).catch(() => {}); // replaced by the next
  }
  new MutationObserver(show).observe(list, { childList: true });
  if (options().length) show();
}
