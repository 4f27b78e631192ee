/* Tells the site that somebody looks at this listing: no cookie, nothing stored here. */
(function () {
  var told = false;
  function send(body) {
    if (!navigator.sendBeacon || !navigator.sendBeacon(window.crmView.url, body)) {
      window.fetch(window.crmView.url, { method: 'POST', body: body, keepalive: true, credentials: 'omit' });
    }
  }
  // A page that the browser made ready ahead, or in a tab behind, is looked at when it is shown.
  function tell() {
    if (told || document.prerendering || document.visibilityState !== 'visible') { return; }
    told = true;
    send(new URLSearchParams({ post: window.crmView.post }));
  }
  if (window.crmView) {
    document.addEventListener('visibilitychange', tell);
    document.addEventListener('prerenderingchange', tell);
    tell();
  }
})();
