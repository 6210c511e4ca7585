/* The menu as a panel, where the sidebar has no room. Without this script the header's link opens it as a target. */
(function () {
  "use strict";

  var menu = document.getElementById("guide-menu");
  var button = document.getElementById("guide-menu-button");
  if (!menu || !button) return;
  var close = document.getElementById("guide-menu-close");

  function set(open, back) {
    if (open === menu.hasAttribute("data-open")) return;
    menu.toggleAttribute("data-open", open);
    button.setAttribute("aria-expanded", String(open));
    if (open) close.focus();
    else if (back) button.focus();
  }

  /* A long sidebar shows the place of the page that is open. */
  var current = menu.querySelector("[aria-current]");
  if (current && current.getBoundingClientRect().bottom > innerHeight) {
    menu.scrollTop = current.offsetTop - menu.clientHeight / 2;
  }

  menu.setAttribute("data-scripted", "");
  [button, close].forEach(function (each) { each.hidden = false; });
  ["guide-menu-link", "guide-menu-close-link"].forEach(function (id) { document.getElementById(id).hidden = true; });

  button.addEventListener("click", function () { set(!menu.hasAttribute("data-open"), true); });
  close.addEventListener("click", function () { set(false, true); });
  menu.addEventListener("click", function (event) { if (event.target.closest("a")) set(false, false); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") set(false, true); });
  /* Whoever tabs or clicks past the panel has left it: nothing may stay focused behind it. */
  ["focusin", "click"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (!menu.contains(event.target) && !button.contains(event.target)) set(false, false);
    });
  });
})();
