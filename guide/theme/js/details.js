/* Opens what is folded when a link leads into it or the page is printed. Newer browsers do both without it. */
(function () {
  "use strict";

  var closed = [];

  function reveal() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* A lone percent sign is one that somebody typed. */ }
    var target = document.getElementById(id);
    var box = target && target.closest("details:not([open])");
    if (!box) return;
    box.open = true;
    target.scrollIntoView();
  }

  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", function () {
    closed = Array.from(document.querySelectorAll(".guide-text details:not([open])"));
    closed.forEach(function (box) { box.open = true; });
  });
  addEventListener("afterprint", function () {
    closed.forEach(function (box) { box.open = false; });
  });
  reveal();
})();
