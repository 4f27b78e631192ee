/* data-upload on a .drop with a file input. The form works without this file: it posts the files as they are.
   With data-upload="URL" each file is posted there by itself, three at a time, in the field that the input names:
   progress, seconds left, Cancel, Try again. Hidden fields of the form go along, each file with its own submission_key.
   The answer is JSON: 2xx for taken, else {"sentences": [...]}. After each one taken, <body> gets the event "uploaded".
   Without a URL the chosen files are listed, and go with the form. Rows are written to the next .ups list. */
const AT_ONCE = 3;

function key() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5");
}

function row(file, sprite) {
  const item = document.createElement("li");
  item.innerHTML = '<svg class="i" aria-hidden="true"><use/></svg><span class="n"></span><span class="s" role="status"></span><button type="button" class="btn q sm">Cancel</button><progress max="100" value="0" aria-hidden="true"></progress>';
  item.querySelector("use").setAttribute("href", `${sprite}#photo`);
  item.querySelector(".n").textContent = file.name;
  return item;
}

function secondsLeft(started, loaded, total) {
  const seconds = Math.ceil(((performance.now() - started) / 1000) * (total / loaded - 1));
  return seconds > 1 ? `, ${seconds} s left` : "";
}

/** Upload what is dropped on or chosen in this zone. */
export function start(zone) {
  const input = zone.querySelector("input[type=file]");
  const list = zone.parentElement.querySelector(".ups") ?? zone.insertAdjacentElement("afterend", Object.assign(document.createElement("ul"), { className: "ups" }));
  const sprite = zone.querySelector("use")?.getAttribute("href").split("#")[0];
  const waiting = [];
  let running = 0;

  function next() {
    while (running < AT_ONCE && waiting.length) waiting.shift()();
  }

  function send(file, item) {
    const say = (words, css = "") => {
      item.querySelector(".s").textContent = words;
      item.className = css;
    };
    const button = item.querySelector("button");
    const bar = item.querySelector("progress");
    const request = new XMLHttpRequest();
    const over = (words, css, label, action) => {
      say(words, css);
      button.textContent = label;
      button.onclick = action;
      running -= 1;
      next();
    };
    const again = () => queue(file, item);
    say("Waiting");
    button.textContent = "Cancel";
    button.onclick = () => item.remove();
    waiting.push(() => {
      if (!item.isConnected) return;
      running += 1;
      const started = performance.now();
      const body = new FormData();
      zone.closest("form")?.querySelectorAll("input[type=hidden]").forEach((field) => body.set(field.name, field.value));
      body.set("submission_key", key());
      body.set(input.name, file);
      request.upload.onprogress = ({ loaded, total }) => {
        bar.value = (loaded / total) * 100;
        say(loaded < total ? `${Math.floor((loaded / total) * 100)}%${secondsLeft(started, loaded, total)}` : "Checking");
      };
      request.onload = () => {
        if (request.status < 300) {
          bar.value = 100;
          over("Added", "ok", "Hide", () => item.remove());
          document.body.dispatchEvent(new Event("uploaded", { bubbles: true }));
        } else over(request.response?.sentences?.join(" ") ?? "Not added. Something went wrong here.", "bad", "Try again", again);
      };
      request.onerror = () => over("Not added. The connection dropped.", "bad", "Try again", again);
      request.onabort = () => {
        item.remove();
        running -= 1;
        next();
      };
      button.onclick = () => request.abort();
      request.responseType = "json";
      request.open("POST", zone.dataset.upload);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]);
      request.send(body);
    });
    next();
  }

  function queue(file, item = row(file, sprite)) {
    if (!item.isConnected) list.append(item);
    send(file, item);
  }

  function listOnly() {
    list.replaceChildren(...[...input.files].map((file) => {
      const item = row(file, sprite);
      item.querySelector("button").remove();
      item.querySelector("progress").remove();
      item.querySelector(".s").textContent = `${(file.size / 1e6).toFixed(1)} MB`;
      return item;
    }));
  }

  input.addEventListener("change", () => {
    if (!zone.dataset.upload) {
      listOnly();
      return;
    }
    [...input.files].forEach((file) => queue(file));
    input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, () => zone.classList.add("over"));
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
}
