/* Says in a sentence why a passkey did not work. allauth's scripts do the rest and tell us by the event allauth.error. */
const KINDS = { InvalidStateError: "double", SecurityError: "unknown", NotSupportedError: "unknown", TypeError: "unknown" };

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const banner = document.querySelector("[data-passkey-trouble]");
  const words = banner.querySelector("[data-stopped]");
  words.textContent = words.dataset[KINDS[event.detail.exception?.name] ?? "stopped"];
  banner.hidden = false;
});
