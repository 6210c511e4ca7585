/* Shows a word's meaning beside the text. Without it, or without popovers, the link leads to the foot of the page. */
(function () {
  "use strict";

  var words = document.querySelector(".guide-words");
  if (!words || !HTMLElement.prototype.showPopover) return;

  function show(link, item) {
    var box = document.createElement("div");
    var close = document.createElement("button");
    box.className = "guide-word";
    box.setAttribute("popover", "auto");
    box.setAttribute("role", "dialog");
    box.setAttribute("tabindex", "-1");
    box.setAttribute("aria-label", item.querySelector("dt").textContent);
    box.append(item.querySelector("dt").cloneNode(true), item.querySelector("dd").cloneNode(true));
    box.querySelectorAll("dt, dd").forEach(function (part) {
      var paragraph = document.createElement("p");
      paragraph.className = part.className;
      paragraph.append.apply(paragraph, Array.from(part.childNodes));
      part.replaceWith(paragraph);
    });
    box.querySelector(".guide-words__back").remove();
    close.className = "guide-word__close";
    close.type = "button";
    close.textContent = words.dataset.close;
    close.addEventListener("click", function () { box.hidePopover(); });
    box.append(close);
    box.addEventListener("toggle", function (event) {
      if (event.newState !== "closed") return;
      box.remove();
      link.focus();
    });
    words.before(box);
    box.showPopover();
    box.focus();
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest(".guide-define");
    var item = link && document.getElementById(link.hash.slice(1));
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link, item);
  });
})();
