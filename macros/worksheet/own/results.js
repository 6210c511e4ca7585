/* What follows from the answers: results, notes, names, phone links, how many repeats are open, how answers differ. */
(function () {
  "use strict";

  var tool = window.guideWorksheet;

  function write(element, text) { if (element.textContent !== text) element.textContent = text; }

  function list(element, name) { return element.dataset[name] ? element.dataset[name].split(" ") : []; }

  function results(sheet) {
    tool.all(sheet.root, "output[data-program]").forEach(function (output) {
      var fields = list(output, "fields");
      var values = sheet.values(fields, output);
      var unit = output.dataset.unit;
      var decimals = Number(output.dataset.decimals);
      var found = tool.finish(tool.evaluate(JSON.parse(output.dataset.program), values), unit, decimals);
      var missing = fields.filter(function (field) {
        var answers = sheet.repeats.has(field) ? [].concat(values[field]) : [values[field]];
        return answers.every(function (answer) { return answer === null; });
      }).map(function (field) { return sheet.question(field); });
      output.classList.toggle("guide-result__value--missing", found === null);
      if (found !== null) write(output, (tool.shown(found, unit, decimals) + " " + output.dataset.after).trim());
      else write(output, missing.length && missing.length < fields.length ? sheet.words("missing", { fields: missing.join("; ") }) : sheet.said["not-answered"]);
    });
  }

  /* In danger, nothing is left to fill in below the card. */
  function notes(sheet) {
    var stopped = null;
    tool.all(sheet.root, "[data-when]").forEach(function (note) {
      var values = sheet.values(list(note, "fields"), note);
      var told = tool.evaluate(JSON.parse(note.dataset.when), values) === true;
      if (note.hidden === told) note.hidden = !told;
      if (told && "stops" in note.dataset) stopped = stopped || note.closest("[data-part]");
    });
    sheet.parts.forEach(function (part, index) {
      part.hidden = Boolean(stopped) && index > sheet.parts.indexOf(stopped);
    });
  }

  function mistakes(sheet) {
    tool.all(sheet.root, "[data-digits], [type=date], [type=time]").forEach(function (input) {
      var message = document.getElementById(input.id + "-wrong");
      var wrong = document.activeElement === input && !input.hasAttribute("aria-invalid") ? "" : sheet.wrong(input);
      write(message, wrong);
      message.hidden = !wrong;
      input.toggleAttribute("data-blank", !input.value);
      if (wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    });
  }

  function phones(sheet) {
    tool.all(sheet.root, "[data-call]").forEach(function (link) {
      var key = link.dataset.call;
      var typed = sheet.typed(sheet.inputs.has(key) ? key : key + ".phone");
      var digits = typed.replace(/[^\d+]/g, "");
      var dials = /^\+?\d{3,15}$/.test(digits);
      link.parentNode.hidden = !dials;
      if (dials) {
        link.href = "tel:" + digits;
        write(link, sheet.words("call", { number: typed }));
      } else {
        link.removeAttribute("href");
      }
    });
  }

  /* ---- What repeats ---- */

  function used(sheet, part) {
    var last = 0;
    tool.all(part, "[data-key]").forEach(function (input) {
      var number = Number(input.dataset.key.split("/")[0].split(".")[1]);
      if (number > last && sheet.typed(input.dataset.key)) last = number;
    });
    return last;
  }

  function repeats(sheet) {
    sheet.parts.filter(function (part) { return part.dataset.repeats; }).forEach(function (part) {
      var count = Number(part.dataset.repeats);
      part.open = Math.max(part.open || Number(part.dataset.shown), used(sheet, part));
      tool.all(part, "[data-repeat]").forEach(function (block) {
        block.classList.toggle("guide-worksheet__unused", Number(block.dataset.repeat) > part.open);
      });
      tool.all(part, "[data-names]").forEach(function (name) {
        var typed = part.dataset.namedBy && sheet.typed(part.dataset.namedBy + "." + name.dataset.names);
        write(name, typed || part.dataset.each + " " + name.dataset.names);
      });
      part.querySelector(".guide-worksheet__more").hidden = false;
      part.querySelector("[data-do=more]").hidden = part.open >= count;
      if (part.dataset.by === "question") differences(sheet, part);
    });
  }

  /* What can be compared: numbers by their value, and choices. Words of one's own always differ. */
  function compared(sheet, key) {
    var found = sheet.value(key);
    return found === null || found === false ? "" : Array.isArray(found) ? found.join(" ") : String(found);
  }

  function differences(sheet, part) {
    var columns = Array.from({ length: part.open }, function (_, index) { return index + 1; });
    tool.all(part, ".guide-field--compared").forEach(function (field, index) {
      if (field.place === undefined) field.place = index;
      field.rank = 2;
      if (!("compares" in field.dataset)) return;
      var given = columns.map(function (number) { return compared(sheet, field.dataset.asks + "." + number); });
      var missing = columns.filter(function (number, each) { return !given[each]; });
      var distinct = new Set(given.filter(Boolean)).size;
      var names = missing.map(function (number) { return part.querySelector('[data-names="' + number + '"]').textContent; });
      var says = [];
      if (distinct > 1) says.push(sheet.said.differs);
      if (distinct === 1 && !missing.length) says.push(sheet.said.same);
      if (distinct && missing.length) says.push(sheet.words("incomplete", { names: names.join(", ") }));
      var line = field.querySelector(".guide-field__differs");
      write(line, says.join(" "));
      line.hidden = !says.length;
      field.rank = distinct > 1 ? 0 : distinct && missing.length ? 1 : 2;
    });
  }

  function differ(part, button) {
    var first = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(first));
    var fields = tool.all(part, ".guide-field--compared");
    var end = fields[fields.length - 1].nextSibling;
    fields.sort(function (one, other) { return (first ? one.rank - other.rank : 0) || one.place - other.place; });
    fields.forEach(function (field) { part.insertBefore(field, end); });
  }

  function more(sheet, part) {
    part.open = Math.min(part.open + 1, Number(part.dataset.repeats));
    sheet.changed();
    var added = part.querySelector('[data-repeat="' + part.open + '"] [data-key]');
    if (added) added.focus();
  }

  tool.sheets.forEach(function (sheet) {
    [repeats, phones, results, notes, mistakes].forEach(function (next) {
      sheet.follow.push(function () { next(sheet); });
    });
    sheet.root.addEventListener("focusout", function (event) {
      if (!event.target.dataset.key) return;
      setTimeout(function () { mistakes(sheet); }, 0);
    });
    sheet.root.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      var part = button && button.closest("[data-part]");
      if (part && button.dataset.do === "more") more(sheet, part);
      if (part && button.dataset.do === "differ") differ(part, button);
    });
  });
})();
