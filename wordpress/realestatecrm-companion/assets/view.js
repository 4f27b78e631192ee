/* Tells the site that somebody looks at this listing: no cookie, nothing stored here. */
(function () {
  function tell() {
    if (document.visibilityState === 'visible' && navigator.sendBeacon) {
      navigator.sendBeacon(window.crmView.url, new URLSearchParams({ post: window.crmView.post }));
      document.removeEventListener('visibilitychange', tell);
    }
  }
  if (window.crmView) {
    document.addEventListener('visibilitychange', tell);
    tell();
  }
})();
