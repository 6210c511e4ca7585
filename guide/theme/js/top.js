/* Shows the way back to the top, in the header, once two screens of a page are behind the reader. */
(function () {
  "use strict";

  var link = document.getElementById("guide-top-link");
  if (!link) return;
  var waiting = false;

  function look() {
    var far = scrollY > 2 * innerHeight;
    waiting = false;
    /* What has the focus stays until it has moved on. */
    if (far || document.activeElement !== link) link.hidden = !far;
  }

  addEventListener("scroll", function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(look);
  }, { passive: true });
  look();
})();
