/* What this browser keeps of the guide: shows it, and removes all of it. Loaded only on the page that offers this. */
(function () {
  "use strict";

  var block = document.getElementById("guide-kept");
  if (!block) return;
  var status = block.querySelector("[role=status]");
  var button = block.querySelector("button");

  function names() {
    try {
      return Object.keys(localStorage).filter(function (key) { return key.indexOf("guide-") === 0; });
    } catch (error) {
      return [];
    }
  }

  function kind(key) {
    if (key.indexOf("guide-checklist-") === 0) return "checklists";
    return key === "guide-scheme" ? "colors" : "other";
  }

  function show() {
    var kinds = names().map(kind);
    block.querySelectorAll("[data-kept]").forEach(function (item) {
      item.hidden = kinds.indexOf(item.getAttribute("data-kept")) < 0;
    });
    status.textContent = status.getAttribute(kinds.length ? "data-some" : "data-none");
    button.hidden = !kinds.length;
  }

  button.addEventListener("click", function () {
    names().forEach(function (key) { localStorage.removeItem(key); });
    document.documentElement.removeAttribute("data-guide-scheme");
    show();
    status.textContent = status.getAttribute("data-removed");
    status.focus();
  });
  show();
})();
