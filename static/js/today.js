/* Today's cards ask again by themselves; not while nobody looks at the page, and at once when somebody comes back. */
const isByItself = (detail) => detail.requestConfig.verb === "get" && detail.elt.matches("[id^=card-]");

document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && isByItself(event.detail)) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.querySelectorAll("[id^=card-]").forEach((card) => htmx.trigger(card, "again"));
});
// A task was ticked off: its row is gone, and the card and the figures count anew.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful || detail.requestConfig.verb !== "post") return;
  document.querySelectorAll("#card-tasks,#card-stats").forEach((card) => htmx.trigger(card, "again"));
});
