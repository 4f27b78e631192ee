/* data-sort="URL" on a list whose items carry data-id: dragging by .hold posts the new order (order=3,1,2) and morphs
   the answer into the list. Dragging needs a fine pointer; the Move buttons beside are plain forms and always work.
   [role=status] with data-sort-status says where the item went. */

/** Let the items of this list be dragged. */
export async function start(list) {
  if (!matchMedia("(pointer:fine)").matches) return;
  await import("../vendor/sortablejs-1.15.7/Sortable.min.js");
  window.Sortable.create(list, {
    handle: ".hold",
    animation: matchMedia("(prefers-reduced-motion:reduce)").matches ? 0 : 150,
    ghostClass: "drag",
    onEnd({ item, oldIndex, newIndex }) {
      if (oldIndex === newIndex) return;
      const items = [...list.children];
      const status = document.querySelector("[data-sort-status]");
      if (status) status.textContent = `Moved to place ${newIndex + 1} of ${items.length}`;
      const values = { order: items.map((one) => one.dataset.id).join(), submission_key: crypto.randomUUID?.() ?? list.dataset.key };
      htmx.ajax("POST", list.dataset.sort, { source: list, target: list, swap: "morph:outerHTML", values }).then(() => item.querySelector?.(".hold")?.focus());
    },
  });
}
