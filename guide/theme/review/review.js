/*
 * Marks, comments and signature of a review: counts them, saves them as a file and opens that file again. Nothing is
 * kept in the browser, and nothing is sent. The file holds the words that were read, so that a reader of the file can
 * compare them with the guide's.
 */
(function () {
  "use strict";

  /* No file of ours is larger. */
  var LIMIT = 1000000;
  var FIELDS = ["by", "license", "state", "conflicts", "on"];
  var MARKS = { 1: "right", 2: "wrong", 3: "unsure" };

  var form = document.getElementById("review");
  var said = JSON.parse(form.dataset.said);
  var count = document.getElementById("count");
  var file = document.getElementById("file");
  var passages = Array.from(form.querySelectorAll("[data-role=passage]"));
  var sections = Array.from(form.querySelectorAll("[data-section]")).map(function (section) {
    return {
      passages: Array.from(section.querySelectorAll("[data-role=passage]")),
      button: section.querySelector("[data-rest]"),
      /* What its button has marked: a second press takes it back. */
      marked: []
    };
  }).filter(function (section) { return section.passages.length; });
  var unsaved = false;
  var last = null;

  function byId(id) { return document.getElementById(id); }
  function words(id, filled) {
    return said[id].replace(/\{(\w+)\}/g, function (whole, name) { return name in filled ? filled[name] : whole; });
  }
  function counted(id, number) { return words(number === 1 ? id + "-one" : id, { count: number }); }
  function say(text) { byId("status").textContent = text; }
  function radios(passage) { return Array.from(passage.querySelectorAll("[type=radio]")); }
  function comment(passage) { return passage.querySelector("[type=text]"); }
  function mark(passage) {
    return radios(passage).reduce(function (found, radio) { return radio.checked ? radio.value : found; }, "none");
  }
  function unmarked(passage) { return mark(passage) === "none"; }
  function set(passage, value) {
    radios(passage).forEach(function (radio) { radio.checked = radio.value === value; });
  }
  function marked() { return passages.length - passages.filter(unmarked).length; }

  function ask(event) { event.preventDefault(); }

  function changed(yes) {
    if (yes !== unsaved) (yes ? window.addEventListener : window.removeEventListener)("beforeunload", ask);
    unsaved = yes;
    count.textContent = words("count", { marked: marked(), all: passages.length });
    byId("done").value = marked();
    sections.forEach(named);
  }

  /* ---- Marking by section: the rest of it is right ---- */

  function named(section) {
    if (!section.button) return;
    var rest = section.passages.filter(unmarked).length;
    if (rest) section.marked = [];
    section.button.hidden = !rest && !section.marked.length;
    section.button.textContent = rest ? counted("rest", rest) : counted("undo", section.marked.length);
  }

  function markRest(section) {
    var rest = section.passages.filter(unmarked);
    if (rest.length) section.marked = rest;
    section.marked.forEach(function (passage) { set(passage, rest.length ? "right" : "none"); });
    changed(true);
  }

  sections.forEach(function (section) {
    if (section.button) section.button.addEventListener("click", function () { markRest(section); });
  });

  /* ---- Marking with keys, and on to the next passage ---- */

  function show(target) {
    target.focus({ preventScroll: true });
    target.closest("[data-role=passage]").scrollIntoView({ block: "nearest" });
  }

  function goOn(passage) {
    var next = passages[passages.indexOf(passage) + 1];
    show(next ? radios(next)[0] : comment(passage));
  }

  form.addEventListener("keydown", function (event) {
    var passage = event.target.type === "radio" && event.target.closest("[data-role=passage]");
    if (!passage || event.ctrlKey || event.metaKey || event.altKey) return;
    if (MARKS[event.key]) {
      event.preventDefault();
      set(passage, MARKS[event.key]);
      changed(true);
      if (event.key === "1") goOn(passage);
      else show(comment(passage));
    } else if (event.key === "4") {
      event.preventDefault();
      var section = sections.filter(function (each) { return each.passages.indexOf(passage) >= 0; })[0];
      if (section.passages.some(unmarked)) markRest(section);
      goOn(section.passages[section.passages.length - 1]);
    }
  });

  form.addEventListener("focusin", function (event) {
    last = event.target.closest("[data-role=passage]") || last;
  });

  /* Below the last one that was touched, or else from the top. */
  byId("next").addEventListener("click", function () {
    var rest = passages.filter(unmarked);
    var below = rest.filter(function (passage) { return passages.indexOf(passage) > passages.indexOf(last); });
    if (rest.length) show(radios(below[0] || rest[0])[0]);
  });

  form.addEventListener("input", function (event) { if (event.target !== file) changed(true); });
  form.addEventListener("submit", ask);

  /* ---- The file ---- */

  function written(signed) {
    var saved = { format: "1", page: form.dataset.page, signed: String(signed) };
    FIELDS.forEach(function (field) { saved[field] = byId(field).value.trim(); });
    saved.passages = Array.from(form.querySelectorAll("[data-hash]")).map(function (element) {
      var passage = element.dataset.role === "passage";
      return {
        hash: element.dataset.hash,
        text: (passage ? element.querySelector(".guide-review__text") : element).textContent,
        mark: passage ? mark(element) : "read",
        comment: passage ? comment(element).value.trim() : ""
      };
    });
    return JSON.stringify(saved, null, 1) + "\n";
  }

  function download(signed) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written(signed)], { type: "application/json" }));
    link.download = form.dataset.name + (signed ? "" : "-draft") + ".json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    changed(false);
  }

  function complain(id, text) {
    var wrong = byId(id + "-wrong");
    wrong.textContent = text;
    wrong.hidden = !text;
    byId(id).setAttribute("aria-invalid", String(Boolean(text)));
    return text ? byId(id) : null;
  }

  function sign() {
    var wrong = FIELDS.map(function (field) { return complain(field, byId(field).value.trim() ? "" : said["missing"]); });
    wrong.push(complain("confirm", byId("confirm").checked ? "" : said["unconfirmed"]));
    var first = wrong.filter(Boolean)[0];
    if (first) {
      say(said["not-saved"]);
      first.focus();
      return;
    }
    var open = passages.length - marked();
    download(true);
    say(open ? counted("saved-partly", open) : said["saved"]);
  }

  function fill(saved) {
    var byHash = new Map(saved.passages.map(function (passage) { return [passage.hash, passage]; }));
    passages.forEach(function (passage) {
      var found = byHash.get(passage.dataset.hash);
      set(passage, found ? found.mark : "none");
      comment(passage).value = found ? found.comment.slice(0, 500) : "";
    });
    sections.forEach(function (section) { section.marked = []; });
    FIELDS.forEach(function (field) { byId(field).value = typeof saved[field] === "string" ? saved[field].slice(0, 500) : ""; });
  }

  function fits(saved) {
    return saved && saved.page === form.dataset.page && Array.isArray(saved.passages) && saved.passages.every(function (passage) {
      return passage && typeof passage.hash === "string" && typeof passage.mark === "string" && typeof passage.comment === "string";
    });
  }

  function open(chosen) {
    if (chosen.size > LIMIT) return say(said["wrong-file"]);
    var reader = new FileReader();
    reader.onerror = function () { say(said["wrong-file"]); };
    reader.onload = function () {
      var saved = null;
      try { saved = JSON.parse(reader.result); } catch (error) { /* Said below. */ }
      if (!fits(saved)) return say(said["wrong-file"]);
      if (unsaved && !confirm(said["open-sure"])) return;
      fill(saved);
      changed(false);
      say(said["opened"]);
    };
    reader.readAsText(chosen);
  }

  byId("save").addEventListener("click", sign);
  byId("draft").addEventListener("click", function () {
    download(false);
    say(said["saved-draft"]);
  });
  byId("open").addEventListener("click", function () { file.click(); });
  file.addEventListener("change", function () {
    if (file.files[0]) open(file.files[0]);
    file.value = "";
  });

  byId("buttons").hidden = byId("bar").hidden = false;
  byId("no-script").hidden = true;
  /* On Back, a form may remember what was chosen. */
  window.addEventListener("pageshow", function () { changed(unsaved || marked() > 0); });
})();
