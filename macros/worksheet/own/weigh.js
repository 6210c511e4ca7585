/* Sorts what speaks for and against each option by how the reader has rated its value: the most important first. */
(function () {
  "use strict";

  var tool = window.guideWorksheet;

  function weigh(sheet) {
    tool.all(sheet.root, ".guide-weigh__list").forEach(function (list) {
      var entries = Array.from(list.children);
      entries.forEach(function (entry, index) {
        if (entry.place === undefined) entry.place = index;
        entry.step = Number(sheet.typed("value-" + entry.dataset.value));
        var rated = entry.querySelector(".guide-weigh__rated");
        rated.textContent = entry.step ? " (" + sheet.words("rated", { step: entry.step }) + ")" : "";
      });
      var sorted = entries.slice().sort(function (one, other) { return other.step - one.step || one.place - other.place; });
      if (sorted.some(function (entry, index) { return entry !== entries[index]; })) list.append.apply(list, sorted);
    });
  }

  tool.sheets.forEach(function (sheet) {
    if (sheet.root.querySelector("[data-weighs]")) sheet.follow.push(function () { weigh(sheet); });
  });
})();
