/* Keyboard shortcuts. Any link, button or field with data-key answers to it: data-key="n", "/", "[", "mod+k" (⌘ or Ctrl),
   or a sequence "g l". Links and buttons are pressed, fields are focused. data-key-label names it in the list of keys.
   In [data-rows], J and K or the arrows walk the rows, Enter opens, X ticks, Shift+X ticks a range.
   "?" opens #keys with all of them; ⌘/Ctrl+Enter saves the form.
   Single letters are off in fields, and everywhere with data-shortcuts="off" on <html>. */
const FIELDS = "input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]";
let prefix = "";
let lastTicked = null;

const scope = () => document.querySelector("dialog[open]") ?? document;
const keyed = (key) => [...scope().querySelectorAll("[data-key]")].find((element) => element.dataset.key === key && element.checkVisibility());

function use(element) {
  if (element.matches(FIELDS)) {
    element.focus();
    element.select?.();
  } else element.click();
}

function walk(step) {
  const rows = [...scope().querySelectorAll("[data-rows] > *")];
  if (!rows.length) return false;
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
  row.tabIndex = -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function tick(row, isRange) {
  const boxes = [...document.querySelectorAll("[data-rows] .ck")];
  const box = row.querySelector(".ck");
  if (!box) return;
  box.checked = !box.checked;
  const from = boxes.indexOf(lastTicked);
  if (isRange && from >= 0) {
    const [low, high] = [from, boxes.indexOf(box)].sort((a, b) => a - b);
    boxes.slice(low, high + 1).forEach((one) => { one.checked = box.checked; });
  }
  lastTicked = box;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function name(element) {
  const words = [...element.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent);
  return element.dataset.keyLabel ?? element.ariaLabel ?? (element.placeholder || words.join("").trim());
}

function list() {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const fixed = [["J K", "Next, previous row"], ["X", "Select the row"], ["Enter", "Open the row"], ["?", "This list"], ["Esc", "Close, clear"]];
  const own = [...document.querySelectorAll("[data-key]")].map((element) => [element.dataset.key.replace("mod+", "⌘/Ctrl ").toUpperCase(), name(element)]);
  const rows = new Map([...own, ...fixed]);
  dialog.querySelector("dl").replaceChildren(...[...rows].map(([key, label]) => {
    const line = document.createElement("div");
    const [term, text] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = label;
    text.append(...key.split(" ").flatMap((part) => [Object.assign(document.createElement("kbd"), { textContent: part }), " "]));
    line.append(term, text);
    return line;
  }));
  dialog.showModal();
}

function single(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const sequence = prefix ? `${prefix} ${key}` : key;
  const row = document.activeElement?.closest("[data-rows] > *");
  prefix = "";
  if (keyed(sequence)) use(keyed(sequence));
  else if (key === "g") prefix = "g";
  else if (key === "?") list();
  else if (key === "j" || (row && key === "ArrowDown")) return walk(1);
  else if (key === "k" || (row && key === "ArrowUp")) return walk(-1);
  else if (key === "x" && row) tick(row, event.shiftKey);
  else if (key === "Enter" && row === document.activeElement && row) row.querySelector("a")?.click();
  else return false;
  return true;
}

/** Answer to one key. */
export function press(event) {
  const mod = event.metaKey || event.ctrlKey;
  let done = false;
  if (mod && event.key === "Enter") {
    const form = event.target.closest("form");
    form?.requestSubmit(form.querySelector(".btn.p:not([type=button])"));
    done = Boolean(form);
  } else if (mod) {
    const element = keyed(`mod+${event.key.toLowerCase()}`);
    if (element) use(element);
    done = Boolean(element);
  } else if (!event.altKey && !event.target.closest?.(FIELDS) && document.documentElement.dataset.shortcuts !== "off") {
    done = single(event);
  }
  if (done) event.preventDefault();
}

function write(field, text) {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Answer to the keys that were pressed while this file was on its way: letters after "/" go into the field. */
export function replay(events) {
  for (const event of events) {
    const field = document.activeElement;
    const isTyped = event.key.length === 1 && !event.metaKey && !event.ctrlKey && !event.target.closest?.(FIELDS);
    if (isTyped && field.matches("input[type=search],input[type=text],textarea")) write(field, event.key);
    else press(event);
  }
}

document.addEventListener("keydown", press);
