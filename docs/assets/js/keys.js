/* Switches off Material's one-letter shortcuts: speech input and a slip of the finger set them off (WCAG 2.1.4). */
(function () {
  "use strict";

  window.addEventListener("keydown", function (event) {
    if (/^[pnfs,./]$/.test(event.key) && !event.target.closest("input, textarea, select")) event.stopPropagation();
  }, true);
})();
