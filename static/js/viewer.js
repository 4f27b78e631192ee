/* data-viewer on a gallery: its links (href: the large picture, data-caption) open in a dialog.
   Arrow keys and buttons turn, Home and End jump, a counter tells the place, Esc closes. [data-all-photos] opens the first. */
const MARKUP = `<header><output class="num" role="status"></output><button type="button" class="btn" data-close aria-label="Close photos">×</button></header>
<button type="button" class="btn" data-turn="-1" aria-label="Previous photo">‹</button>
<figure><img alt=""><figcaption></figcaption></figure>
<button type="button" class="btn" data-turn="1" aria-label="Next photo">›</button>`;

/** Open the links of this gallery in a viewer. */
export function start(gallery) {
  const dialog = document.createElement("dialog");
  dialog.className = "viewer";
  dialog.ariaLabel = "Photos";
  dialog.innerHTML = MARKUP;
  const links = () => [...gallery.querySelectorAll("a[href]")];
  let now = 0;

  function show(index) {
    const all = links();
    now = (index + all.length) % all.length;
    const image = dialog.querySelector("img");
    image.src = all[now].href;
    image.alt = all[now].dataset.caption || `Photo ${now + 1}`;
    dialog.querySelector("figcaption").textContent = all[now].dataset.caption ?? "";
    dialog.querySelector("output").textContent = `${now + 1} of ${all.length}`;
    new Image().src = all[(now + 1) % all.length].href;
  }

  gallery.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[href]");
    if (!link && !event.target.closest("[data-all-photos]")) return;
    event.preventDefault();
    if (!dialog.isConnected) document.body.append(dialog);
    show(link ? links().indexOf(link) : 0);
    dialog.showModal();
    dialog.querySelector("[data-turn='1']").focus();
  });
  dialog.addEventListener("click", ({ target }) => {
    const step = target.closest("[data-turn]")?.dataset.turn;
    if (step) show(now + Number(step));
    else if (target.closest("[data-close]") || target.matches("figure")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const forward = document.dir === "rtl" ? -1 : 1;
    const to = { ArrowRight: now + forward, ArrowLeft: now - forward, Home: 0, End: -1 }[event.key];
    if (to !== undefined) show(to);
  });
}
