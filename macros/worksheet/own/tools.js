/*
 * What a reader can do with a filled-in worksheet: keep, print, copy, save, open and clear it. Nothing is kept, in this
 * browser or elsewhere, before "Keep on this device" is chosen. In another site's frame none of this is offered.
 */
(function () {
  "use strict";

  var tool = window.guideWorksheet;
  /* No file of ours is larger. */
  var LIMIT = 200000;

  function keyOf(sheet) { return "guide-worksheet-" + sheet.id; }

  function written(sheet) { return JSON.stringify({ tool: sheet.id, format: sheet.format, answers: sheet.answers() }); }

  /* The answers in a text, {answers, unknown}; or {wrong}, the id of the words that say what is wrong with it. */
  function read(sheet, text) {
    var saved;
    try {
      saved = text.length < LIMIT && JSON.parse(text);
    } catch (error) {
      return { wrong: "wrong-file" };
    }
    var answers = saved && saved.answers;
    if (!answers || typeof answers !== "object" || Array.isArray(answers) || !Number.isInteger(saved.format) || saved.format < 1) return { wrong: "wrong-file" };
    if (saved.tool !== sheet.id) return { wrong: "other-tool" };
    if (saved.format > sheet.format) return { wrong: "newer-file" };
    var known = Object.keys(answers).filter(function (key) { return sheet.inputs.has(key); });
    if (!known.every(function (key) { return sheet.fits(key, answers[key]); })) return { wrong: "wrong-file" };
    var found = {};
    known.forEach(function (key) { found[key] = answers[key]; });
    return { answers: found, unknown: Object.keys(answers).length - known.length };
  }

  /* ---- Leaving ---- */

  function ask(event) { event.preventDefault(); }

  function unsaved(sheet, yes) {
    sheet.unsaved = yes;
    var any = tool.sheets.some(function (each) { return each.unsaved; });
    (any ? window.addEventListener : window.removeEventListener)("beforeunload", ask);
  }

  /* The quick way out never asks. */
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-guide-leave]")) window.removeEventListener("beforeunload", ask);
  }, true);

  /* ---- Keeping ---- */

  function keep(sheet) {
    try {
      localStorage.setItem(keyOf(sheet), written(sheet));
      unsaved(sheet, false);
      return true;
    } catch (error) {
      sheet.keeps.checked = false;
      unsaved(sheet, !sheet.isEmpty());
      return false;
    }
  }

  /* The browser's storage alone says what is kept: on Back, a form may remember what has been removed since. */
  function look(sheet) {
    var text = null;
    try { text = localStorage.getItem(keyOf(sheet)); } catch (error) { /* This browser keeps nothing. */ }
    var kept = text === null ? null : read(sheet, text).answers;
    if (kept && (sheet.keeps.checked || sheet.isEmpty())) {
      sheet.keeps.checked = true;
      sheet.fill(kept);
      unsaved(sheet, false);
    } else if (sheet.keeps.checked) {
      sheet.keeps.checked = false;
      sheet.fill({});
      unsaved(sheet, false);
    } else {
      sheet.changed();
      unsaved(sheet, !sheet.isEmpty());
    }
  }

  /* ---- As text ---- */

  function answered(sheet, block) {
    var texts = tool.all(block, "[data-key]").map(function (input) {
      if (input.type === "radio" || input.type === "checkbox") return input.checked ? input.parentNode.textContent.trim() : "";
      var unit = input.parentNode.querySelector(".guide-field__unit");
      var text = (input.dataset.type === "money" ? "$" : "") + input.value.trim();
      return input.value.trim() && (unit ? text + (input.dataset.type === "percent" ? "" : " ") + unit.textContent : text);
    });
    return texts.filter(Boolean).join(", ");
  }

  function block(sheet, field, lines, indent) {
    var columns = tool.all(field, ".guide-field__column:not(.guide-worksheet__unused)");
    var question = sheet.question(field.dataset.asks);
    var one = field.querySelectorAll("[data-key]").length === 1 && field.querySelector("[type=checkbox]");
    if (!columns.length) lines.push(indent + (one ? (one.checked ? "[x] " : "[ ] ") + question : question + " " + (answered(sheet, field) || "____")));
    else lines.push(question);
    columns.forEach(function (column) {
      var tick = column.querySelector("[type=checkbox]:not([data-key*='/'])");
      var says = tick ? (tick.checked ? "[x]" : "[ ]") : answered(sheet, column) || "____";
      lines.push("  " + column.querySelector("[data-names]").textContent + ": " + says);
    });
  }

  /* Its lines, without the numbers of sources. */
  function plain(element) {
    var copied = element.cloneNode(true);
    tool.all(copied, ".guide-cite").forEach(function (cite) { cite.remove(); });
    return copied.textContent.split("\n").map(function (line) { return line.trim(); }).filter(Boolean);
  }

  tool.text = function (sheet) {
    var lines = [sheet.root.querySelector(".guide-worksheet__title").textContent];
    sheet.parts.filter(function (part) { return !part.hidden; }).forEach(function (part) {
      lines.push("", part.querySelector(".guide-worksheet__heading").textContent);
      tool.all(part, "[data-asks], [data-repeat] > .guide-worksheet__entry-name, .guide-result, .guide-worksheet__note:not([hidden]), .guide-week__clashes").forEach(function (each) {
        if (each.closest(".guide-worksheet__unused")) return;
        if (each.matches("[data-asks]")) block(sheet, each, lines, each.closest(".guide-worksheet__entry") ? "  " : "");
        else if (each.matches(".guide-worksheet__entry-name")) lines.push(each.textContent);
        else if (each.matches(".guide-result")) lines.push(each.querySelector(".guide-result__name").textContent + " " + each.querySelector("output").textContent);
        else lines.push.apply(lines, plain(each));
      });
    });
    var help = sheet.root.querySelector(".guide-worksheet__lines");
    if (help) lines.push("", help.textContent.trim().replace(/\s+/g, " "));
    if (sheet.root.dataset.address) lines.push("", sheet.words("from", { address: sheet.root.dataset.address }));
    return lines.join("\n");
  };

  function copy(sheet) {
    var text = tool.text(sheet);
    var area = sheet.root.querySelector(".guide-worksheet__copied");
    function byHand() {
      area.hidden = false;
      area.value = text;
      area.focus();
      area.select();
      sheet.say(sheet.said["copy-by-hand"]);
    }
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(text).then(function () {
      area.hidden = true;
      sheet.say(sheet.said.copied);
    }, byHand);
  }

  /* ---- Files ---- */

  function download(name, type, text) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: type }));
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  function open(sheet, file) {
    if (file.size > LIMIT) return sheet.say(sheet.said["wrong-file"]);
    var reader = new FileReader();
    reader.onerror = function () { sheet.say(sheet.said["wrong-file"]); };
    reader.onload = function () {
      var found = read(sheet, reader.result);
      if (found.wrong) return sheet.say(sheet.said[found.wrong]);
      if (!sheet.isEmpty() && !confirm(sheet.said["open-sure"])) return;
      sheet.fill(found.answers);
      if (sheet.keeps.checked) keep(sheet);
      sheet.say(found.unknown ? sheet.words("opened-partly", { count: found.unknown }) : sheet.said.opened);
    };
    reader.readAsText(file);
  }

  /* ---- Paper ---- */

  function print(only) {
    var root = document.documentElement;
    root.classList.add(only);
    window.addEventListener("afterprint", function () { root.classList.remove(only); }, { once: true });
    window.print();
  }

  /* Paper can't scroll. */
  window.addEventListener("beforeprint", function () {
    tool.sheets.forEach(function (sheet) {
      tool.all(sheet.root, "textarea").forEach(function (area) {
        area.style.height = "0";
        area.style.height = area.value ? area.scrollHeight + 4 + "px" : "auto";
      });
      tool.all(sheet.root, "[data-shows]").forEach(function (shown) {
        var field = sheet.root.querySelector('[data-asks="' + shown.dataset.shows + '"]');
        shown.textContent = answered(sheet, field);
      });
    });
  });

  /* ---- The buttons ---- */

  var DO = {
    print: function () { print("guide-prints-tool"); },
    wallet: function () { print("guide-prints-wallet"); },
    copy: copy,
    /* Rejected when the reader changes their mind: nothing to say then. */
    send: function (sheet) { navigator.share({ text: tool.text(sheet) }).catch(function () {}); },
    save: function (sheet) {
      download(sheet.id + ".json", "application/json", written(sheet));
      unsaved(sheet, false);
      sheet.say(sheet.said.saved);
    },
    open: function (sheet) { sheet.root.querySelector("[data-do=file]").click(); },
    calendar: function (sheet) {
      download(sheet.id + ".ics", "text/calendar", tool.calendar(sheet, sheet.root.querySelector("[data-do=titles]").checked));
      sheet.say(sheet.said.saved);
    },
    clear: function (sheet) {
      if (!sheet.isEmpty() && !confirm(sheet.said["clear-sure"])) return;
      sheet.fill({});
      try { localStorage.removeItem(keyOf(sheet)); } catch (error) { /* Nothing was kept. */ }
      sheet.keeps.checked = false;
      unsaved(sheet, false);
      sheet.say(sheet.said.cleared);
    }
  };

  tool.sheets.forEach(function (sheet) {
    var bar = sheet.root.querySelector(".guide-worksheet__tools");
    sheet.typedSomething = function () {
      sheet.changed();
      if (bar && sheet.keeps.checked && !keep(sheet)) sheet.say(sheet.said["not-kept"]);
      else if (bar && !sheet.keeps.checked) unsaved(sheet, true);
    };
    sheet.root.addEventListener("input", function (event) { if (event.target.dataset.key) sheet.typedSomething(); });
    if (!bar) {
      window.addEventListener("pageshow", function () { sheet.changed(); });
      sheet.changed();
      return;
    }
    /* A copy on a disk has no such box. */
    sheet.keeps = bar.querySelector("[data-do=keep]") || document.createElement("input");
    bar.hidden = false;
    bar.querySelector("[data-do=send]").hidden = !navigator.share;
    bar.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button && DO[button.dataset.do]) DO[button.dataset.do](sheet);
    });
    sheet.keeps.addEventListener("change", function () {
      if (sheet.keeps.checked) return sheet.say(sheet.said[keep(sheet) ? "kept" : "not-kept"]);
      localStorage.removeItem(keyOf(sheet));
      unsaved(sheet, !sheet.isEmpty());
      sheet.say(sheet.said.forgotten);
    });
    var file = bar.querySelector("[data-do=file]");
    file.addEventListener("change", function () {
      if (file.files[0]) open(sheet, file.files[0]);
      file.value = "";
    });
    look(sheet);
    window.addEventListener("pageshow", function () { look(sheet); });
    window.addEventListener("storage", function (event) { if (event.key === null || event.key === keyOf(sheet)) look(sheet); });
  });
})();
