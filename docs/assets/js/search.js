/* The search dialog. Material's script, which finds and shows results, and the index come when it first opens. */
(function () {
  "use strict";

  var panel = document.getElementById("guide-search");
  var button = document.getElementById("guide-search-button");
  if (!panel || !button) return;
  var link = document.getElementById("guide-search-link");
  var toggle = document.getElementById("__search");
  var field = panel.querySelector("input[name=query]");
  var asked = false;

  function set(open) {
    if (toggle.checked !== open) toggle.click();
  }

  /* No network, or no worker where this page is shown: the list of all pages is left. */
  function fail() {
    var status = panel.querySelector("[role=status]");
    panel.hidden = false;
    status.textContent = panel.getAttribute("data-failed") + " ";
    if (!link) return;
    var other = document.createElement("a");
    other.href = link.href;
    other.textContent = link.textContent;
    status.append(other);
  }

  function load() {
    if (asked) return;
    asked = true;
    var script = document.createElement("script");
    script.src = panel.getAttribute("data-script");
    script.addEventListener("error", fail);
    /* Material hides the search where its worker cannot start. */
    script.addEventListener("load", function () { if (panel.hidden) fail(); });
    document.head.append(script);
  }

  button.hidden = false;
  if (link) link.hidden = true;

  /* Material opens and closes by the checkbox, so that is where the state lives. */
  toggle.addEventListener("change", function () {
    panel.toggleAttribute("data-open", toggle.checked);
    button.setAttribute("aria-expanded", String(toggle.checked));
    if (toggle.checked) {
      field.focus({ preventScroll: true });
      load();
    } else if (panel.contains(document.activeElement)) {
      button.focus();
    }
  });
  button.addEventListener("click", function () { set(!toggle.checked); });
  document.getElementById("guide-search-close").addEventListener("click", function () { set(false); });
  document.addEventListener("focusin", function (event) {
    if (!panel.contains(event.target) && !button.contains(event.target)) set(false);
  });
  /* Enter before there are results must not send what was typed anywhere. */
  field.form.addEventListener("submit", function (event) { event.preventDefault(); });

  /*
   * Material closes the search at Tab and jumps to the field at any other key: it gets only the keys it serves well.
   * Its one-letter shortcuts are off: speech input and a slip of the finger set them off (WCAG 2.1.4).
   */
  window.addEventListener("keydown", function (event) {
    var inField = document.activeElement === field;
    if (!toggle.checked) {
      if (/^[pnfs,./]$/.test(event.key) && !event.target.closest("input, textarea, select")) event.stopPropagation();
    } else if (event.key === "Escape") {
      set(false);
    } else if (!/^Arrow(Up|Down)$/.test(event.key) && !(event.key === "Enter" && inField)) {
      event.stopPropagation();
    }
  }, true);

  /* Results come with tabindex -1, and with headings that would belong to the page. */
  new MutationObserver(function () {
    panel.querySelectorAll("[tabindex='-1']").forEach(function (each) { each.removeAttribute("tabindex"); });
    panel.querySelectorAll("h1:not([role]), h2:not([role])").forEach(function (each) {
      each.setAttribute("role", "presentation");
    });
  }).observe(panel, { childList: true, subtree: true });
})();
