/* Runs in an embed, where it may: tells the host how high the page is. Without it the frame scrolls. */
(function () {
  "use strict";

  if (window.parent === window) return;
  var root = document.documentElement;
  /* WordPress names its frames by a secret, and wants to read it in what they say. */
  var secret = (/[?&]secret=([a-zA-Z0-9]+)/.exec(location.hash) || [])[1];

  function tell() {
    var height = Math.ceil(root.getBoundingClientRect().height);
    window.parent.postMessage({ guide: "height", height: height }, "*");
    if (secret) window.parent.postMessage({ message: "height", value: height, secret: secret }, "*");
  }

  if (window.ResizeObserver) new ResizeObserver(tell).observe(root);
  window.addEventListener("load", tell);
  window.addEventListener("message", function (event) {
    if (event.source === window.parent && event.data === "guide-height") tell();
  });

  /* A frame that shows everything has nothing to scroll: the host's page must. */
  window.addEventListener("hashchange", function () {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) target.scrollIntoView({ block: "nearest" });
  });

  /* WordPress forbids its frames to open a page, and opens those of the same site itself. */
  if (secret) {
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[target]");
      if (!link || link.host !== location.host || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      window.parent.postMessage({ message: "link", value: link.href, secret: secret }, "*");
      event.preventDefault();
    });
  }
})();
