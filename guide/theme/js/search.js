/*
 * The search dialog: opens and closes it, and loads what answers (theme/search/) when it first opens. "/" opens it,
 * and so does an address that ends in #q=words: what follows # is sent to nobody.
 */
(function () {
  "use strict";

  var panel = document.getElementById("guide-search");
  var button = document.getElementById("guide-search-button");
  if (!panel || !button) return;
  var link = document.getElementById("guide-search-link");
  var form = panel.querySelector("form");
  var field = form.querySelector("input");
  var key = panel.querySelector(".guide-search__key input");
  var asked = false;

  /* The way to the list of all pages is left. */
  function fail() {
    var status = panel.querySelector("[role=status]");
    asked = false;
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
    run("data-script").onerror = fail;
  }

  function run(name) {
    var script = document.createElement("script");
    script.src = panel.getAttribute(name);
    document.head.append(script);
    return script;
  }

  /* A result has led here: found.js marks what was asked for. */
  function mark() {
    try { if (sessionStorage.getItem("guide-found")) run("data-found"); } catch (error) { /* Nothing was handed over. */ }
  }

  function set(open, back) {
    if (open === panel.hasAttribute("data-open")) return;
    if (!open && back && panel.contains(document.activeElement)) button.focus();
    panel.toggleAttribute("data-open", open);
    button.setAttribute("aria-expanded", String(open));
    form.removeAttribute("data-enter");
    if (!open) return;
    field.focus({ preventScroll: true });
    load();
  }

  function fromAddress() {
    var words = location.hash.replace(/\+/g, " ");
    if (words.indexOf("#q=") !== 0) return;
    try { words = decodeURIComponent(words); } catch (error) { /* A lone percent sign is one that somebody typed. */ }
    field.value = words.slice(3, 3 + field.maxLength);
    set(true);
    field.dispatchEvent(new Event("input"));
  }

  button.hidden = false;
  if (link) link.hidden = true;
  document.querySelectorAll("[data-guide-search-link]").forEach(function (way) { way.hidden = true; });

  button.addEventListener("click", function () { set(!panel.hasAttribute("data-open"), true); });
  document.querySelectorAll("[data-guide-search-button]").forEach(function (other) {
    other.hidden = false;
    other.addEventListener("click", function () { set(true); });
  });
  document.getElementById("guide-search-close").addEventListener("click", function () { set(false, true); });
  panel.querySelector(".guide-search__behind").addEventListener("click", function () { set(false, true); });
  document.addEventListener("focusin", function (event) {
    if (!panel.contains(event.target) && !button.contains(event.target)) set(false);
  });
  /* A result on this page is behind the dialog. */
  panel.addEventListener("click", function (event) {
    var way = event.target.closest("a[href]");
    if (!way || way.href.split("#")[0] !== location.href.split("#")[0]) return;
    set(false);
    /* Without an anchor, the page is loaded again. */
    if (way.hash) mark();
  });

  /* Nothing that was typed may get into an address: the form is never sent. */
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    form.setAttribute("data-enter", field.value);
  });

  /* Speech input and a slip of the finger press "/" too, so it can be turned off (WCAG 2.1.4). */
  function showKey() {
    try { key.checked = !localStorage.getItem("guide-search-key"); } catch (error) { /* As it is on this page. */ }
  }
  showKey();
  addEventListener("pageshow", showKey);
  key.addEventListener("change", function () {
    try {
      if (key.checked) localStorage.removeItem("guide-search-key");
      else localStorage.setItem("guide-search-key", "off");
    } catch (error) {
      /* A browser without storage still turns it off on this page. */
    }
  });
  document.addEventListener("keydown", function (event) {
    /* While an input method composes a word, its keys are its own; Safari sends the last of them afterwards, as 229. */
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") set(false, true);
    if (event.key !== "/" || !key.checked) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    set(true);
    field.focus();
  });

  addEventListener("hashchange", fromAddress);
  fromAddress();
  mark();
})();
