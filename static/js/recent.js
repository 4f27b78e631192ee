/* data-recent on <body>: this page is one that the search offers again while nothing is typed. Kept in this browser are
   the addresses of the last 8, no names: what they are called, and whether one may see them, the server says each time. */
const MOST = 8;

/** Remember this page. */
export function start() {
  const before = (localStorage.opened ?? "").split(" ").filter((address) => address && address !== location.pathname);
  localStorage.opened = [location.pathname, ...before].slice(0, MOST).join(" ");
}
