/*
 * Ticks stay in this browser; the count is announced. The browser's storage alone knows what is ticked: it is read again
 * whenever the page is shown and whenever another tab changes it, and a tick changes its own item there and no other.
 * Without storage (a private window, blocked cookies) ticks last as long as the page, which says so.
 */
(function () {
  "use strict";

  var lists = Array.from(document.querySelectorAll("[data-checklist]"));

  function keyOf(list) { return "guide-checklist-" + list.dataset.checklist; }

  function boxesOf(list) { return Array.from(list.querySelectorAll("[data-item]")); }

  /* The ids that are kept; none if anything else is kept under the name. Throws where the browser keeps nothing. */
  function read(list) {
    var text = localStorage.getItem(keyOf(list)) || "";
    try {
      /* No list of ours is longer. */
      var found = text.length < 20000 && JSON.parse(text);
      return Array.isArray(found) ? found : [];
    } catch (error) {
      return [];
    }
  }

  /* What a browser remembers of a form by itself counts for nothing. */
  function show(list) {
    var boxes = boxesOf(list);
    var status = list.querySelector("[role=status]");
    try {
      var kept = list.lost ? null : read(list);
      boxes.forEach(function (box) { if (kept) box.checked = kept.includes(box.dataset.item); });
    } catch (error) {
      list.lost = true;
    }
    var ticked = boxes.filter(function (box) { return box.checked; }).length;
    var said = (list.lost && ticked ? status.dataset.lost : status.dataset.count)
      .replace("{ticked}", ticked).replace("{all}", boxes.length);
    if (status.textContent !== said) status.textContent = said;
  }

  function showAll() { lists.forEach(show); }

  lists.forEach(function (list) {
    list.addEventListener("change", function (event) {
      try {
        var kept = read(list);
        /* In the order of the list, without what is no item of it, and with what could not be kept before. */
        var ids = boxesOf(list).filter(function (box) {
          return box === event.target || list.lost ? box.checked : kept.includes(box.dataset.item);
        }).map(function (box) { return box.dataset.item; });
        if (ids.length) localStorage.setItem(keyOf(list), JSON.stringify(ids));
        else localStorage.removeItem(keyOf(list));
        list.lost = false;
      } catch (error) {
        list.lost = true;
      }
      showAll();
    });
  });

  showAll();
  ["pageshow", "storage"].forEach(function (kind) { window.addEventListener(kind, showAll); });
})();
