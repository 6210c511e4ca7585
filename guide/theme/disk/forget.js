/*
 * A copy on a disk keeps nothing. A browser has one store for all files of a disk, which any of them can read, and the
 * next reader may sit at the same machine. So the scripts of the pages find no store, and on Back or Reload, when the
 * browser would show again what was typed and ticked, every field is as the page came.
 */
(function () {
  "use strict";

  ["localStorage", "sessionStorage"].forEach(function (store) { Object.defineProperty(window, store, { value: null }); });

  function isShownAgain(event) {
    var came = performance.getEntriesByType("navigation")[0];
    return event.persisted || !came || came.type !== "navigate";
  }

  /* This listener is the first: the others see empty fields. */
  window.addEventListener("pageshow", function (event) {
    if (!isShownAgain(event)) return;
    document.querySelectorAll("input, textarea").forEach(function (field) {
      field.value = field.defaultValue;
      field.checked = field.defaultChecked;
    });
  });
})();
