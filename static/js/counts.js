/* data-counts="URL" on the menu: what stands at the end of its lines, asked for after the page, so that no page waits for
   it. The answer has an element for each, which takes the place of the one with the same id. */

/** Ask, and lay the counts beside the lines. */
export async function start(menu) {
  try {
    const answer = await fetch(menu.dataset.counts, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    const counts = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const count of counts.querySelectorAll("[id]")) document.getElementById(count.id)?.replaceWith(count);
  } catch {
    // The page was left, or the connection dropped: a menu without counts is one.
  }
}
