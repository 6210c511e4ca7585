/* Colors as on the device, light, or dark. Kept in this browser; main.html sets them before the first paint. */
(function () {
  "use strict";

  var button = document.getElementById("guide-scheme");
  if (!button) return;
  var KEY = "guide-scheme";
  var name = document.getElementById("guide-scheme-name");
  var root = document.documentElement;
  var order = ["auto", "light", "dark"];
  /* Whether this browser keeps the choice. */
  var keeps = true;

  function show(scheme) {
    if (scheme === "auto") root.removeAttribute("data-guide-scheme");
    else root.setAttribute("data-guide-scheme", scheme);
    button.setAttribute("data-scheme", scheme);
    name.textContent = button.title = button.getAttribute("data-" + scheme);
  }

  /* A page that comes back, or another tab, may have another choice than the one kept. */
  function look() {
    var kept;
    if (!keeps) return;
    try {
      kept = localStorage.getItem(KEY);
    } catch (error) {
      return;
    }
    show(order.indexOf(kept) > 0 ? kept : "auto");
  }

  show(root.getAttribute("data-guide-scheme") || "auto");
  button.hidden = false;
  button.addEventListener("click", function () {
    var next = order[(order.indexOf(button.getAttribute("data-scheme")) + 1) % order.length];
    show(next);
    try {
      if (next === "auto") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, next);
      keeps = true;
    } catch (error) {
      /* A browser without storage still switches this page. */
      keeps = false;
    }
    /* The browser tells only other tabs: what else stands on this page looks again too. */
    window.dispatchEvent(new Event("storage"));
  });
  window.addEventListener("pageshow", look);
  window.addEventListener("storage", look);
})();
