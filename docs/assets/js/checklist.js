// Ticks stay in this browser; the count is announced. Without storage (a private window, a frame) ticks last as long as the page.
(function () {
  "use strict";

  document.querySelectorAll("[data-checklist]").forEach(function (list) {
    var key = "guide-checklist-" + list.dataset.checklist;
    var boxes = Array.prototype.slice.call(list.querySelectorAll("[data-item]"));
    var status = list.querySelector("[role=status]");
    var ticked = [];

    try {
      ticked = JSON.parse(localStorage.getItem(key)) || [];
    } catch (error) {
      ticked = [];
    }

    function count() {
      var done = boxes.filter(function (box) { return box.checked; });
      status.textContent = status.dataset.count.replace("{ticked}", done.length).replace("{all}", boxes.length);
      return done;
    }

    boxes.forEach(function (box) {
      box.checked = ticked.indexOf(box.dataset.item) >= 0;
      box.addEventListener("change", function () {
        var done = count().map(function (item) { return item.dataset.item; });
        try {
          if (done.length) {
            localStorage.setItem(key, JSON.stringify(done));
          } else {
            localStorage.removeItem(key);
          }
        } catch (error) {
          // The browser keeps nothing; the page still counts.
        }
      });
    });
    count();
  });
})();
