/* Colors as on the device, light, or dark. Kept in this browser; main.html sets them before the first paint. */
(function () {
  "use strict";

  var button = document.getElementById("guide-scheme");
  if (!button) return;
  var name = document.getElementById("guide-scheme-name");
  var root = document.documentElement;
  var order = ["auto", "light", "dark"];
  /* Chosen here, and not kept by this browser. */
  var lost = "";

  function show(scheme) {
    if (scheme === "auto") root.removeAttribute("data-guide-scheme");
    else root.setAttribute("data-guide-scheme", scheme);
    button.setAttribute("data-scheme", scheme);
    name.textContent = button.title = button.getAttribute("data-" + scheme);
  }

  /* A page that comes back, or another tab, may have another choice than the one kept. */
  function look() {
    var kept = lost;
    try {
      kept = lost || localStorage.getItem("guide-scheme");
    } catch (error) {
      /* The device's own. */
    }
    show(order.includes(kept) ? kept : "auto");
  }

  look();
  button.hidden = false;
  button.addEventListener("click", function () {
    var next = order[(order.indexOf(button.getAttribute("data-scheme")) + 1) % 3];
    try {
      lost = "";
      if (next === "auto") localStorage.removeItem("guide-scheme");
      else localStorage.setItem("guide-scheme", next);
    } catch (error) {
      /* A browser without storage still switches this page. */
      lost = next;
    }
    /* The browser tells only other tabs: everything on this page looks again too. */
    window.dispatchEvent(new Event("storage"));
  });
  ["pageshow", "storage"].forEach(function (kind) { window.addEventListener(kind, look); });
})();
