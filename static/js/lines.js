/* data-lines on a set of .line (a text, a label, a button data-less): data-more adds an empty line, data-less takes one away. */

/** Make one set of lines grow and shrink. */
export function start(set) {
  const more = set.querySelector("[data-more]");
  const lines = () => [...set.querySelectorAll(".line")];
  more.hidden = false;
  // The spare line is for those without scripts.
  for (const line of lines().slice(1)) if (!line.querySelector("input").value) line.remove();

  function empty(line) {
    for (const input of line.querySelectorAll("input")) input.value = "";
    line.querySelector(".already")?.replaceChildren();
    return line;
  }

  set.addEventListener("click", ({ target }) => {
    const line = target.closest("[data-less]")?.closest(".line");
    if (line && lines().length > 1) line.remove();
    else if (line) empty(line);
    if (line) set.querySelector("input").focus();
    if (!target.closest("[data-more]")) return;
    const last = lines().at(-1);
    const fresh = empty(last.cloneNode(true));
    fresh.querySelector("input").id = `${set.querySelector("input").id}_${Date.now()}`;
    last.after(fresh);
    htmx.process(fresh);
    fresh.querySelector("input").focus();
  });
}
