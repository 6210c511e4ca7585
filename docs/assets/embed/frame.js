/* Runs in an embed, where it may: tells the host its height. Without it the frame scrolls. */
(function () {
  "use strict";

  if (window.parent === window) return;
  var PAPER = 624;
  var root = document.documentElement;
  /* WordPress names its frames by a secret, and asks for it. */
  var secret = (/[?&]secret=([a-zA-Z0-9]+)/.exec(location.hash) || [])[1];

  function measured() { return Math.ceil(root.getBoundingClientRect().height); }

  /* On a sheet the page is as wide as its margins leave, and everything is open. */
  function onPaper() {
    var closed = root.querySelectorAll("details:not([open])");
    function open(yes) { closed.forEach(function (each) { each.open = yes; }); }
    if (root.clientWidth > PAPER) root.style.width = PAPER + "px";
    open(true);
    var height = measured();
    open(false);
    root.style.width = "";
    return height;
  }

  function tell() {
    var height = measured();
    window.parent.postMessage({ guide: "height", height: height, paper: onPaper() }, "*");
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
