/* Runs in the frame that WordPress makes of an address: its script asks for the height by a secret, and its sandbox blocks
   calls, new tabs and every page around the frame. What cannot work is written out; what can, WordPress is asked for. */
(function () {
  "use strict";

  if (window.parent === window) return;
  var NAME = "guide-wordpress";
  var LEAST = 200;
  var MOST = 1000;
  var root = document.documentElement;
  /* The secret stands in the address of the first page alone; the frame's name keeps it for those that follow. */
  var given = (/[?&]secret=([a-zA-Z0-9]+)/.exec(location.hash) || [])[1];
  var kept = window.name.split(":");
  if (kept[0] !== NAME) kept = [];
  var secret = given || kept[1];
  if (!secret) return;
  var answered = kept[1] === secret && kept[2] === "answered";
  var first = window.innerHeight;
  var wanted = 0;

  function keep() { window.name = NAME + ":" + secret + (answered ? ":answered" : ""); }

  function ask(message, value) {
    window.parent.postMessage({ message: message, value: value, secret: secret }, "*");
  }

  function tell() {
    var height = Math.ceil(root.getBoundingClientRect().height);
    wanted = Math.min(MOST, Math.max(LEAST, height));
    ask("height", height);
  }

  function heard() {
    answered = true;
    keep();
  }

  keep();
  if (window.ResizeObserver) new ResizeObserver(tell).observe(root);
  window.addEventListener("load", function () {
    tell();
    /* A page that follows another begins at its top, or at a part, which may be above what the reader sees. */
    if (!given) (document.getElementById(location.hash.slice(1)) || root).scrollIntoView();
  });
  window.addEventListener("resize", function () {
    if (window.innerHeight !== first && Math.abs(window.innerHeight - wanted) < 8) heard();
  });
  window.addEventListener("message", function (event) {
    var said = event.data || {};
    if (event.source !== window.parent || said.message !== "ready" || said.secret !== secret) return;
    heard();
    tell();
  });

  /* Its page opens addresses of our own host for us. The link is left alone unless that page has been heard. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[target]");
    if (!link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    ask("link", link.href);
    if (answered) event.preventDefault();
  });

  function written(link, element, text) {
    var words = document.createElement(element);
    words.className = "guide-embed__plain";
    while (link.firstChild) words.appendChild(link.firstChild);
    if (text && words.textContent.indexOf(text) < 0) words.appendChild(document.createTextNode(" (" + text + ")"));
    link.parentNode.replaceChild(words, link);
  }

  function digits(text) { return text.replace(/\D/g, ""); }

  document.querySelectorAll("a[href]").forEach(function (link) {
    var text = link.getAttribute("href").replace(/^[a-z]+:/, "").split("?")[0];
    var number = /^(tel|sms):$/.test(link.protocol);
    if (number) written(link, "strong", digits(link.textContent).indexOf(digits(text)) < 0 ? text : "");
    else if (link.protocol === "mailto:") written(link, "span", text);
    else if (link.host !== location.host) written(link, "span", link.href);
  });

  var note = document.querySelector("[data-closed]");
  if (note) note.textContent = note.getAttribute("data-closed");
})();
