/*
 * The list in the search dialog. Answers come from a script with an index of its own (answers.js), in a worker or, where
 * there is none, in this page. Loaded when the dialog first opens.
 */
(function () {
  "use strict";

  var panel = document.getElementById("guide-search");
  var link = document.getElementById("guide-search-link");
  var form = panel.querySelector("form");
  var field = form.querySelector("input");
  var output = panel.querySelector(".guide-search__output");
  var status = output.querySelector("[role=status]");
  var instead = output.querySelector(".guide-search__instead");
  var list = output.querySelector("ol");
  var source = panel.getAttribute("data-answers");
  var root = panel.getAttribute("data-root");
  var start = status.textContent;
  /* How long the typing must pause before the number of results is said, in milliseconds. */
  var PAUSE = 800;

  var engine = null;    /* takes words; its answer goes to heard() */
  var busy = false;
  var asked = "";       /* the words in the field */
  var answer = null;    /* to these words, once it has come */
  var enter = false;    /* pressed before the answer came */
  var composed = false; /* the last key belongs to an input method */
  var timer = 0;

  /* ---- Asking ---- */

  function load() {
    if (engine) return;
    try {
      var worker = new Worker(source);
      worker.onmessage = function (event) { heard(event.data); };
      worker.onerror = function () {
        worker.terminate();
        loadHere();
      };
      engine = function (words) { worker.postMessage(words); };
    } catch (error) {
      loadHere();
    }
  }

  /* A sandbox, a file opened from a disk, or an old browser has no worker. */
  function loadHere() {
    var script = document.createElement("script");
    engine = function () { /* Asked once it is there. */ };
    script.src = source;
    script.onerror = function () {
      engine = null;
      heard({ words: asked, found: null });
    };
    script.onload = function () {
      engine = function (words) { setTimeout(answerHere, 0, words); };
      busy = false;
      next();
    };
    document.head.append(script);
  }

  function answerHere(words) {
    var found = null;
    try { found = window.guideSearch(words); } catch (error) { /* The next words may have an answer. */ }
    heard({ words: words, found: found });
  }

  /* One question at a time: of those typed meanwhile only the last is asked. */
  function next() {
    if (busy || answer || !asked.trim()) return;
    busy = true;
    if (engine) engine(asked);
    else heard({ words: asked, found: null });
  }

  function heard(data) {
    busy = false;
    if (data.words === asked) {
      answer = data;
      show();
      if (!data.found) say();
      if (enter) openFirst();
    }
    next();
  }

  function look() {
    if (field.value === asked) return;
    asked = field.value;
    answer = null;
    enter = false;
    clearTimeout(timer);
    if (!asked.trim()) {
      show();
      say();
    } else {
      timer = setTimeout(say, PAUSE);
      next();
    }
  }

  /* Opening the search again tries again. */
  function retry() {
    load();
    if (answer && !answer.found) answer = null;
    next();
  }

  /* ---- Showing ---- */

  function say() {
    clearTimeout(timer);
    if (!asked.trim()) status.textContent = start;
    else if (!answer) status.textContent = panel.getAttribute("data-loading");
    else if (answer.found) {
      status.textContent = answer.found.said;
      offer(answer.found);
    } else {
      status.textContent = panel.getAttribute("data-failed") + " ";
      if (link) status.append(element("a", "", [link.textContent], link.href));
    }
    if (asked.trim() && !answer) timer = setTimeout(say, PAUSE);
  }

  function element(name, kind, pieces, way) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    if (way) made.href = way;
    pieces.forEach(function (piece, which) {
      if (which % 2) made.append(element("mark", "", [piece]));
      else made.append(piece);
    });
    return made;
  }

  /* A card comes as HTML of the build; all other texts are only ever texts. */
  function item(hit) {
    var made = element("li", "guide-search__item", []);
    if (hit.card) {
      made.innerHTML = hit.card;
      made.querySelector(".guide-hit__more a").href = root + hit.at;
      return made;
    }
    var way = element("a", "guide-hit__link", [], root + hit.at);
    if (hit.kind) way.append(element("span", "guide-hit__kind", [hit.kind]), " ");
    way.append(element("span", "guide-hit__title", hit.title));
    if (hit.section) way.append(" ", element("span", "guide-hit__section", hit.section));
    made.append(way, element("span", "guide-hit__teaser", hit.teaser));
    return made;
  }

  /* Another spelling. */
  function offer(found) {
    var words = found.instead;
    instead.textContent = "";
    if (!words) return;
    var other = element("button", "guide-search__other", [words]);
    other.type = "button";
    other.addEventListener("click", function () {
      field.value = words;
      field.focus();
      look();
    });
    instead.append(found.lead + " ", other, "?");
  }

  function show() {
    var found = answer && answer.found || { hits: [], instead: "" };
    if (list.contains(document.activeElement)) field.focus();
    list.textContent = "";
    list.append.apply(list, found.hits.map(item));
    output.scrollTop = 0;
    instead.textContent = "";
  }

  /* The page that opens marks what was asked for (found.js). This tab's own store hands it over, and no address. */
  list.addEventListener("click", function (event) {
    var way = event.target.closest(".guide-hit__link");
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var left = { at: way.href.split("#")[0], words: answer.found.stems };
    try { sessionStorage.setItem("guide-found", JSON.stringify(left)); } catch (error) { /* Nothing will be marked. */ }
  });

  /* Enter leads to the numbers of a card, not away from them, and calls none by a slip of the hand. */
  function openFirst() {
    var first = list.querySelector("a");
    enter = false;
    if (!first) return;
    if (first.closest(".guide-hit--card")) first.focus();
    else first.click();
  }

  /* ---- Keys ---- */

  /* Results, the offer and the help below them, in a row with the field. */
  function move(step) {
    var stops = [field].concat([].slice.call(output.querySelectorAll("button, a")));
    var to = stops[stops.indexOf(document.activeElement) + step];
    if (to) to.focus();
  }

  /* Typed, pasted, dropped, dictated, suggested, composed: all of it is input. */
  field.addEventListener("input", look);
  field.addEventListener("compositionend", look);
  field.addEventListener("focus", retry);
  form.addEventListener("reset", function () {
    field.value = "";
    field.focus();
    look();
  });
  form.addEventListener("submit", function () {
    if (composed) return;
    look();
    enter = true;
    if (answer) openFirst();
  });
  panel.addEventListener("keydown", function (event) {
    composed = event.isComposing || event.keyCode === 229;
    if (composed || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp" && document.activeElement !== field) move(-1);
    else return;
    event.preventDefault();
  });
  panel.addEventListener("keyup", function () { composed = false; });
  /* Back from another page, a browser shows this one as it was left. */
  addEventListener("pageshow", function (event) { if (event.persisted) look(); });
  new MutationObserver(function () { if (!panel.hasAttribute("data-open")) enter = false; })
    .observe(panel, { attributes: true, attributeFilter: ["data-open"] });

  load();
  look();
  enter = form.getAttribute("data-enter") === asked;
})();
