/* Runs in an embed, where it may: tells the script of the host its height. Without it the frame scrolls. */
(function () {
  "use strict";

  if (window.parent === window) return;
  var PAPER = 624;
  var root = document.documentElement;
  /* The host's script gives our pages a key. Back brings it back; what a stranger says in this frame has none. */
  var key = (history.state || {}).guide;
  /* It gives us what its clinic says of itself along with the key. */
  var clinic = (history.state || {}).clinic;
  /* A link was followed before the key came: the host hears of it as soon as it does. */
  var leaving = false;

  function say(what) {
    what.key = key;
    window.parent.postMessage(what, "*");
  }

  function keep() {
    try { history.replaceState({ guide: key, clinic: clinic }, ""); } catch (error) { /* After Back the height stays as it is. */ }
  }

  function measured() { return Math.ceil(root.getBoundingClientRect().height); }

  /* On a sheet the page is as wide as its margins leave, and everything is open. */
  function onPaper() {
    var closed = root.querySelectorAll("details:not([open])");
    function open(yes) { closed.forEach(function (each) { each.open = yes; }); }
    if (root.clientWidth > PAPER) root.style.width = PAPER + "px";
    open(true);
    var height = measured();
    open(false);
    root.style.width = "";
    return height;
  }

  function tell() { say({ guide: "height", height: measured(), paper: onPaper() }); }

  /* A frame that shows everything has nothing to scroll: the host's page must. */
  function seek() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* The id as it is. */ }
    var target = document.getElementById(id);
    if (target) target.scrollIntoView({ block: "nearest" });
  }

  window.guideClinic.fill(clinic);
  /* Not at once: to measure the page for paper changes it, and Firefox reports that as an error. */
  if (window.ResizeObserver) new ResizeObserver(function () { requestAnimationFrame(tell); }).observe(root);
  window.addEventListener("load", tell);
  window.addEventListener("message", function (event) {
    if (event.source !== window.parent || !event.data) return;
    if (event.data === "guide-height") tell();
    if (event.data.guide !== "key") return;
    key = event.data.key;
    clinic = window.guideClinic.clean(event.data.clinic);
    window.guideClinic.fill(clinic);
    keep();
    tell();
    if (leaving) say({ guide: "next" });
    seek();
  });
  window.addEventListener("hashchange", function () {
    keep();
    seek();
  });

  /* The next page in this frame is ours too, and has no key yet. The host has to hear of it before this page is gone:
     what a page says while it is left can be lost. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]:not([target])");
    if (!link || link.host !== location.host || link.pathname === location.pathname || event.defaultPrevented) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leaving = true;
    say({ guide: "next" });
    setTimeout(function () { location.assign(link.href); }, 0);
  });
})();
