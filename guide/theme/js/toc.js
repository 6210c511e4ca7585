/* Marks, in the list of headings beside the page, the part that is being read. */
(function () {
  "use strict";

  var links = Array.prototype.slice.call(document.querySelectorAll(".guide-toc__link"));
  if (!links.length) return;
  var headings = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
  var waiting = false;

  function mark() {
    waiting = false;
    if (!links[0].offsetParent) return;
    var root = document.documentElement;
    var line = root.scrollTop + root.clientHeight >= root.scrollHeight - 1 ? root.clientHeight : root.clientHeight / 4;
    var current = headings.filter(function (heading) { return heading.getBoundingClientRect().top < line; }).pop();
    links.forEach(function (link, index) {
      if (headings[index] === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  }

  window.addEventListener("scroll", function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(mark);
  }, { passive: true });
})();
