/* Colors as on the device, light, or dark. Kept in this browser; main.html sets them before the first paint. */
(function () {
  "use strict";

  var button = document.getElementById("guide-scheme");
  if (!button) return;
  var name = document.getElementById("guide-scheme-name");
  var root = document.documentElement;
  var order = ["auto", "light", "dark"];

  function show(scheme) {
    if (scheme === "auto") root.removeAttribute("data-guide-scheme");
    else root.setAttribute("data-guide-scheme", scheme);
    button.setAttribute("data-scheme", scheme);
    name.textContent = button.title = button.getAttribute("data-" + scheme);
  }

  show(root.getAttribute("data-guide-scheme") || "auto");
  button.hidden = false;
  button.addEventListener("click", function () {
    var next = order[(order.indexOf(button.getAttribute("data-scheme")) + 1) % order.length];
    show(next);
    try {
      localStorage.setItem("guide-scheme", next);
    } catch (error) {
      /* A browser without storage still switches this page. */
    }
  });
})();
