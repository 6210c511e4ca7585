/*
 * Ticks stay in this browser; the count is announced. The browser's storage alone knows what is ticked: it is read anew
 * whenever the page is shown and whenever another tab changes it, and a tick changes its own item there and no other.
 * Without storage (a private window, blocked cookies) ticks last as long as the page, which says so.
 */
(function () {
  "use strict";

  /* More than any list of ours takes: not worth reading. */
  var MOST = 20000;
  var lists = Array.prototype.slice.call(document.querySelectorAll("[data-checklist]"));

  function keyOf(list) { return "guide-checklist-" + list.dataset.checklist; }

  function boxesOf(list) { return Array.prototype.slice.call(list.querySelectorAll("[data-item]")); }

  /* The ids that are kept; none if something else is kept under the name; null if the browser keeps nothing at all. */
  function read(key) {
    var text, found;
    try {
      text = localStorage.getItem(key);
    } catch (error) {
      return null;
    }
    try {
      found = text && text.length < MOST ? JSON.parse(text) : [];
    } catch (error) {
      found = [];
    }
    return Array.isArray(found) ? found : [];
  }

  /* Returns whether it is kept. */
  function write(key, ids) {
    try {
      if (ids.length) localStorage.setItem(key, JSON.stringify(ids));
      else localStorage.removeItem(key);
      return true;
    } catch (error) {
      return false;
    }
  }

  function count(list, lost) {
    var status = list.querySelector("[role=status]");
    var boxes = boxesOf(list);
    var ticked = boxes.filter(function (box) { return box.checked; }).length;
    var words = lost && ticked ? status.dataset.lost : status.dataset.count;
    var said = words.replace("{ticked}", ticked).replace("{all}", boxes.length);
    if (status.textContent !== said) status.textContent = said;
  }

  /* What a browser remembers of a form by itself counts for nothing. */
  function show(list) {
    var kept = list.guideLost ? null : read(keyOf(list));
    if (kept) {
      boxesOf(list).forEach(function (box) { box.checked = kept.indexOf(box.dataset.item) >= 0; });
    }
    count(list, !kept);
  }

  function showAll() { lists.forEach(show); }

  lists.forEach(function (list) {
    list.addEventListener("change", function (event) {
      var item = event.target.dataset.item;
      if (!item) return;
      var kept = read(keyOf(list)) || [];
      /* In the order of the list, and without what is no item of it. */
      var ids = boxesOf(list).filter(function (box) {
        return box === event.target ? box.checked : kept.indexOf(box.dataset.item) >= 0;
      }).map(function (box) { return box.dataset.item; });
      list.guideLost = !write(keyOf(list), ids);
      if (list.guideLost) count(list, true);
      else showAll();
    });
  });

  showAll();
  window.addEventListener("pageshow", showAll);
  window.addEventListener("storage", showAll);
})();
