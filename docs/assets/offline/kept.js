/* What this browser keeps of the guide: shows it, and removes all of it. Loaded only on pages that offer this. */
(function () {
  "use strict";

  var block = document.getElementById("guide-kept");
  if (!block) return;
  var status = block.querySelector("[role=status]");
  var button = block.querySelector("button");
  var root = new URL(block.getAttribute("data-root"), location.href).href;
  var copies = "guide-offline:" + root + ":";

  function names() {
    try {
      return Object.keys(localStorage).filter(function (key) { return key.indexOf("guide-") === 0; });
    } catch (error) {
      return [];
    }
  }

  /* A page from a disk or an old browser has no caches. */
  function kept() {
    if (!window.caches) return Promise.resolve([]);
    return caches.keys().then(function (all) {
      return all.filter(function (name) { return name.indexOf(copies) === 0; });
    });
  }

  function worker() {
    return navigator.serviceWorker
      ? navigator.serviceWorker.getRegistration(root).then(function (found) {
        return found && found.scope === root ? found : null;
      })
      : Promise.resolve(null);
  }

  function show() {
    return Promise.all([kept(), worker()]).then(function (found) {
      var keys = names();
      var lists = keys.filter(function (key) { return key.indexOf("guide-checklist-") === 0; }).length;
      var counts = {
        checklists: lists,
        colors: keys.indexOf("guide-scheme") < 0 ? 0 : 1,
        offline: found[0].length || found[1] ? 1 : 0,
        other: keys.length - lists - (keys.indexOf("guide-scheme") < 0 ? 0 : 1)
      };
      var some = false;
      block.querySelectorAll("[data-kept]").forEach(function (item) {
        var count = counts[item.getAttribute("data-kept")];
        item.hidden = !count;
        some = some || count > 0;
      });
      status.textContent = status.getAttribute(some ? "data-some" : "data-none");
      button.hidden = !some;
    });
  }

  function remove() {
    names().forEach(function (key) { localStorage.removeItem(key); });
    return worker().then(function (found) {
      return found && found.unregister();
    }).then(kept).then(function (all) {
      return Promise.all(all.map(function (name) { return caches.delete(name); }));
    });
  }

  button.addEventListener("click", function () {
    remove().then(show).then(function () {
      document.documentElement.removeAttribute("data-guide-scheme");
      status.textContent = status.getAttribute("data-removed");
      status.focus();
    });
  });
  window.addEventListener("guide-offline", show);
  show();
})();
