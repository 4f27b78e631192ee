/* The phone page, form[data-draft]: what is typed stays in this tab as well as on the server. A copy that the server may
   not have is handed to it when the page is left, and when it is opened again. */
const form = document.querySelector("form[data-draft]");
const { draft, user, keep } = form.dataset;
const mine = `call ${user} `;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "submission_key"]);
let isChanged = false;

const typed = () => {
  const data = new FormData(document.getElementById(form.id));
  return [...data].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));
};
const body = (fields) => {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  return data;
};

function remember() {
  isChanged = true;
  sessionStorage.setItem(mine + draft, JSON.stringify(typed()));
}

async function handIn(key) {
  const answer = await fetch(keep, { method: "POST", body: body(JSON.parse(sessionStorage.getItem(key))), headers: { "HX-Request": "true" } });
  if (answer.ok) sessionStorage.removeItem(key);
  return answer.headers.has("HX-Replace-Url") && key;
}

document.addEventListener("input", ({ target }) => {
  if (target.closest("form[data-draft]")) remember();
  // An answer that is on its way would put back what stood here before this letter; leaving the field asks again.
  if (target.closest("#who")) htmx.trigger("#who", "htmx:abort");
});
document.addEventListener("change", ({ target }) => target.closest("form[data-draft]") && remember());
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt.id === "draft") isChanged = false;
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt.id !== "draft") return;
  if (!detail.successful) isChanged = true;
  else if (!isChanged) sessionStorage.removeItem(mine + draft);
});
addEventListener("pagehide", () => {
  if (isChanged) navigator.sendBeacon(keep, body(typed()));
});

// What another visit left behind: the server takes it, unless that call is saved by now.
const left = Object.keys(sessionStorage).filter((key) => key.startsWith(mine));
Promise.all(left.map(handIn)).then((taken) => {
  const isNews = (key) => key && !document.querySelector(`[href$="${key.slice(mine.length)}"]`);
  if (isChanged || !taken.some(isNews)) return;
  if (taken.includes(mine + draft)) location.replace(`?draft=${draft}`);
  else location.reload();
});
