/* Opens and closes Material's search by a real button, and lets Tab reach the results. */
(function () {
  "use strict";

  var panel = document.getElementById("guide-search");
  var button = document.getElementById("guide-search-button");
  var toggle = document.getElementById("__search");
  if (!panel || !button || !toggle) return;
  var link = document.getElementById("guide-search-link");
  var field = panel.querySelector("input");

  function set(open) {
    if (toggle.checked !== open) toggle.click();
  }

  button.hidden = false;
  if (link) link.hidden = true;

  /* Material opens and closes by the checkbox as well (Escape, ?q=), so that is where the state lives. */
  toggle.addEventListener("change", function () {
    button.setAttribute("aria-expanded", String(toggle.checked));
    if (toggle.checked) field.focus({ preventScroll: true });
    else if (panel.contains(document.activeElement)) button.focus();
  });
  button.addEventListener("click", function () {
    /* Material hides the search where its worker cannot start. */
    if (panel.hidden && link) location.href = link.href;
    else set(!toggle.checked);
  });
  document.getElementById("guide-search-close").addEventListener("click", function () { set(false); });
  document.addEventListener("focusin", function (event) {
    if (!panel.contains(event.target) && !button.contains(event.target)) set(false);
  });

  /* Material closes the search at Tab and jumps to the field at any other key: it gets only the keys it serves well. */
  window.addEventListener("keydown", function (event) {
    if (toggle.checked && !/^(Arrow(Up|Down)|Enter|Escape)$/.test(event.key)) event.stopPropagation();
    else if (toggle.checked && event.key === "Enter" && document.activeElement !== field) event.stopPropagation();
  }, true);

  /* Results come with tabindex -1, and with headings that would belong to the page. */
  new MutationObserver(function () {
    panel.querySelectorAll("[tabindex='-1']").forEach(function (each) { each.removeAttribute("tabindex"); });
    panel.querySelectorAll("h1:not([role]), h2:not([role])").forEach(function (each) {
      each.setAttribute("role", "presentation");
    });
  }).observe(panel, { childList: true, subtree: true });
})();
