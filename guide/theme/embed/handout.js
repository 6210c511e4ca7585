/* A handout in the browser: asks the builder that opened it for a clinic's details, and prints. They travel from window to
   window: no address holds them, and no server hears of them. */
(function () {
  "use strict";

  var tools = document.getElementById("guide-handout-tools");
  var builder = window.opener;

  tools.querySelector("button").addEventListener("click", function () { window.print(); });
  tools.hidden = false;

  window.addEventListener("message", function (event) {
    if (!builder || event.source !== builder || event.origin !== location.origin || !event.data) return;
    if (event.data.guide === "clinic") window.guideClinic.fill(event.data.clinic);
  });
  if (builder) builder.postMessage({ guide: "handout" }, location.origin);
})();
