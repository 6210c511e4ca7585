/*
 * Marks, on the page that a result has opened, what was asked for. Loaded there by search.js, if results.js has left the
 * words in the store of this tab; they are taken out of it at once. An address that held them would stay in the history.
 */
(function () {
  "use strict";

  var KEY = "guide-found";
  /* What to do in danger: nobody is led past it. */
  var DANGER = ".guide-care, .guide-strip, .guide-leave-limits";
  var BLOCKS = "p, li, dt, dd, th, td, caption, figcaption, summary, h1, h2, h3, h4";
  var found = null;
  try {
    var left = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    found = JSON.parse(left);
  } catch (error) {
    /* Nothing is marked. */
  }
  if (!found || found.at !== location.href.split("#")[0] || !Array.isArray(found.words)) return;
  if (!found.words.every(Array.isArray) || !window.Highlight || !CSS.highlights) return;

  var article = document.querySelector(".guide-text");
  var walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  var ranges = [];
  /* block: {word: true}, by the place of the word in what was asked */
  var blocks = new Map();

  function take(node) {
    var block = node.parentElement.closest(BLOCKS);
    if (node.parentElement.closest("svg, script, .guide-foot")) return;
    Array.from(node.data.matchAll(/[\p{L}\p{N}]+/gu)).forEach(function (word) {
      var stem = guideWords.stem(guideWords.folded(word[0]));
      var which = found.words.findIndex(function (stems) { return stems.includes(stem); });
      if (which < 0) return;
      var range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      ranges.push(range);
      if (block && !blocks.has(block)) blocks.set(block, {});
      if (block) blocks.get(block)[which] = true;
    });
  }

  /* Folded, not shown, or a list at the end of the page. */
  function isAside(block) {
    var box = block.closest("details:not([open])");
    return block.closest(".guide-words, .guide-sources") || box && block.parentNode !== box || !block.getClientRects().length;
  }

  /* The first block with most of the words, unless the address names a place or the reader has gone on. */
  function show() {
    var best = null, most = 0;
    blocks.forEach(function (words, block) {
      var count = Object.keys(words).length;
      if (count <= most || isAside(block)) return;
      best = block;
      most = count;
    });
    if (!best || location.hash || scrollY) return;
    var danger = article.querySelector(DANGER);
    if (danger && danger.compareDocumentPosition(best) & Node.DOCUMENT_POSITION_FOLLOWING) return;
    var box = best.getBoundingClientRect();
    if (box.bottom <= innerHeight) return;
    scrollTo(0, box.top - innerHeight / 4);
    /* Keys and screen readers go on from there. */
    best.tabIndex = -1;
    best.style.outline = "none";
    best.addEventListener("blur", function () {
      best.removeAttribute("tabindex");
      best.removeAttribute("style");
    }, { once: true });
    best.focus({ preventScroll: true });
  }

  while (walker.nextNode()) take(walker.currentNode);
  CSS.highlights.set(KEY, new Highlight(...ranges));
  show();
})();
