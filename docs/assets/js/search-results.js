/* What the worker found, in the list that Material draws: care cards, another spelling, and Enter. */
(function () {
  "use strict";

  var panel = document.getElementById("guide-search");
  if (!panel) return;
  var form = panel.querySelector("form");
  var field = form.elements.query;
  var list = panel.querySelector(".md-search-result__list");
  var instead = document.getElementById("guide-search-instead");
  var offered = "";

  function ask(words) {
    field.value = words;
    field.focus();
    /* Material looks at the field when a key is let go. */
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  }

  /* A card holds links of its own, so it takes the place of the link that Material puts around each result. */
  function unwrap(item) {
    var card = item.querySelector("a > article .guide-hit--card");
    if (!card) return;
    card.querySelector(".guide-hit__more a").href = item.querySelector("a").href;
    item.replaceChildren(card);
  }

  /* The offer stays as it is while the same results are drawn anew: somebody may be about to press its button. */
  function offer(first) {
    var found = first && first.querySelector(".guide-hit__instead");
    var words = found ? found.outerHTML : "";
    if (found) found.remove();
    if (words === offered) return;
    offered = words;
    instead.textContent = "";
    if (!found) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "guide-search__other";
    button.textContent = found.getAttribute("data-instead");
    button.addEventListener("click", function () { ask(button.textContent); });
    instead.append(found.textContent + " ", button, "?");
  }

  /* Results come with tabindex -1, and with headings that would belong to the page. */
  new MutationObserver(function () {
    Array.prototype.forEach.call(list.children, function (item, which) {
      if (item.guideSeen) return;
      item.guideSeen = true;
      if (!which) offer(item);
      unwrap(item);
      item.querySelectorAll("[tabindex='-1']").forEach(function (each) { each.removeAttribute("tabindex"); });
      item.querySelectorAll("h1, h2").forEach(function (each) { each.setAttribute("role", "presentation"); });
    });
    if (!list.firstElementChild) offer(null);
  }).observe(list, { childList: true });

  /* Nothing that was typed may get into an address: the form is never sent. */
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var link = list.querySelector("a");
    if (!link) return;
    if (link.closest(".guide-hit--card")) link.focus();
    else link.click();
  });

  /* Material closes the search at any link; somebody who calls a number may need the next one. */
  list.addEventListener("click", function (event) {
    if (event.target.closest("a[href^='tel:'], a[href^='sms:']")) event.stopPropagation();
  });
})();
