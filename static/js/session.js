/* The session ended while a page was open: #session (a dialog of base.html) says so. Sign in opens in a new tab;
   [data-again] takes the new token from this page, read again, and repeats what was asked. Nothing typed is lost. */

/** Ask for a sign-in, then call `again`. */
export function ended(again) {
  const dialog = document.getElementById("session");
  dialog.querySelector("[data-again]").onclick = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.getAttribute("hx-headers");
    if (answer.redirected || !fresh) {
      dialog.querySelector("[role=status]").textContent = "You are still signed out.";
      return;
    }
    document.body.setAttribute("hx-headers", fresh);
    const token = JSON.parse(fresh)["X-CSRFToken"];
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    dialog.close();
    again();
  };
  if (!dialog.open) dialog.showModal();
}
