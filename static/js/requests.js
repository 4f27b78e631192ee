/* Around each request: sent once, busy buttons, morphing, failures that keep what was there, focus after a swap.
   data-busy="off", data-focus, data-then. */
const sent = new WeakSet();

function busy(form, button, on) {
  if (on) sent.add(form);
  else sent.delete(form);
  if (on) button?.setAttribute("aria-busy", "true");
  else button?.removeAttribute("aria-busy");
}

const isHtmx = (element) => element.matches("[hx-post],[hx-get],[hx-put],[hx-delete]");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.dataset.busy === "off") return;
  if (sent.has(form)) {
    event.preventDefault();
    event.stopPropagation();
  } else if (!isHtmx(form)) {
    setTimeout(() => event.defaultPrevented || busy(form, event.submitter, true));
  }
}, true);

addEventListener("pageshow", () => {
  for (const form of document.forms) busy(form, form.querySelector("[aria-busy]"), false);
});

const asked = new WeakMap();
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const event = detail.requestConfig.triggeringEvent;
  if (detail.requestConfig.verb === "get") { // of two questions for one place, the later is answered
    asked.get(detail.target)?.abort();
    asked.set(detail.target, detail.xhr);
  }
  if (detail.elt.matches("form")) busy(detail.elt, event?.submitter, true);
  for (const place of [detail.elt, detail.target]) place.querySelectorAll(".failed").forEach((banner) => banner.remove());
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt.matches("form")) busy(detail.elt, detail.requestConfig.triggeringEvent?.submitter, false);
  detail.target?.classList.remove("stale");
  // A form in a popover that was taken closes it.
  if (detail.successful && detail.elt.matches("[hx-post]")) detail.elt.closest("[popover]")?.togglePopover(false);
});

let canMorph = false;
document.addEventListener("htmx:confirm", (event) => {
  const swap = event.target.closest("[hx-swap]")?.getAttribute("hx-swap") ?? "";
  if (canMorph || !swap.startsWith("morph")) return;
  event.preventDefault();
  import("../vendor/idiomorph-0.7.4/idiomorph-ext.min.js").then(() => {
    canMorph = true;
    event.detail.issueRequest();
  });
});

function failed({ detail }) {
  const { elt, target, xhr, requestConfig } = detail;
  const again = () => (elt.matches("form") ? elt.requestSubmit() : htmx.ajax(requestConfig.verb, requestConfig.path, { source: elt, target }));
  if (xhr?.status === 401) {
    import("./session.js").then((session) => session.ended(again));
    return;
  }
  const place = elt.matches("form") ? elt.querySelector(".db") ?? elt : target;
  const words = requestConfig.verb === "get" ? "Could not load." : xhr?.status ? "Not saved. Something went wrong here." : "Not saved. The connection dropped.";
  const banner = document.createElement("div");
  banner.className = "ban bad failed";
  banner.setAttribute("role", "alert");
  banner.append(words, Object.assign(document.createElement("button"), { type: "button", className: "l", textContent: "Try again", onclick: again }));
  if (requestConfig.verb === "get") target.classList.add("stale");
  place.prepend(banner);
}
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, failed);

const focusOn = (root) => root.querySelector("[data-focus]")?.focus();
focusOn(document);
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  focusOn(detail.elt);
  const then = detail.requestConfig?.elt.dataset.then;
  if (then) document.querySelector(then)?.focus();
});
