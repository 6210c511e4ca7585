/* Gives Material's scrolling tables a name and a place in the tab order, as long as they scroll. */
(function () {
  "use strict";

  var content = document.getElementById("guide-content");
  if (!content || !window.ResizeObserver) return;

  function mark(frame) {
    var caption = frame.querySelector("caption, thead");
    var name = (caption ? caption.textContent.trim().replace(/\s+/g, " ") + ". " : "");
    if (frame.scrollWidth > frame.clientWidth) {
      frame.setAttribute("tabindex", "0");
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", name + content.getAttribute("data-guide-scrolls"));
    } else {
      ["tabindex", "role", "aria-label"].forEach(function (attribute) { frame.removeAttribute(attribute); });
    }
  }

  /* Material puts the tables into their frames when the page is ready. */
  window.addEventListener("load", function () {
    var observer = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) { mark(entry.target); });
    });
    content.querySelectorAll(".md-typeset__scrollwrap").forEach(function (frame) { observer.observe(frame); });
  });
})();
