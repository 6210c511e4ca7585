/*
 * The answers of a worksheet. Its fields alone hold them: they are read whenever something follows from them. An answer
 * has a key: "hours", "hours.2" in the second repeat, "signs/fever" for an option of many, "friend.phone" of a person.
 */
(function () {
  "use strict";

  var tool = window.guideWorksheet = window.guideWorksheet || {};
  var DAY = 86400000;

  function all(root, selector) { return Array.from(root.querySelectorAll(selector)); }

  function Sheet(root) {
    var sheet = this;
    sheet.root = root;
    sheet.id = root.dataset.worksheet;
    sheet.format = Number(root.dataset.format);
    sheet.said = JSON.parse(root.dataset.said);
    sheet.inputs = new Map();
    sheet.repeats = new Map();
    all(root, "[data-key]").forEach(function (input) {
      var key = input.dataset.key;
      if (!sheet.inputs.has(key)) sheet.inputs.set(key, []);
      sheet.inputs.get(key).push(input);
      var field = key.split("/")[0].split(".");
      if (Number(field[1])) sheet.repeats.set(field[0], Math.max(sheet.repeats.get(field[0]) || 0, Number(field[1])));
    });
    sheet.parts = all(root, "[data-part]");
    /* Called whenever an answer has changed. */
    sheet.follow = [];
  }

  Sheet.prototype.words = function (id, filled) {
    return this.said[id].replace(/\{(\w+)\}/g, function (whole, name) { return name in filled ? filled[name] : whole; });
  };

  /* A text, "" or the id of the option chosen; true or false for a box. */
  Sheet.prototype.typed = function (key) {
    var inputs = this.inputs.get(key) || [];
    if (!inputs.length) return "";
    if (inputs[0].type === "checkbox") return inputs[0].checked;
    if (inputs[0].type !== "radio") return inputs[0].value.trim();
    return inputs.reduce(function (found, input) { return input.checked ? input.value : found; }, "");
  };

  Sheet.prototype.answers = function () {
    var found = {};
    this.inputs.forEach(function (inputs, key) {
      var value = this.typed(key);
      if (value) found[key] = value;
    }, this);
    return found;
  };

  Sheet.prototype.isEmpty = function () { return !Object.keys(this.answers()).length; };

  /* Whether an answer from outside is one that this field can have. */
  Sheet.prototype.fits = function (key, value) {
    var inputs = this.inputs.get(key);
    if (inputs[0].type === "checkbox") return value === true;
    if (typeof value !== "string") return false;
    if (inputs[0].type === "radio") return inputs.some(function (input) { return input.value === value; });
    if (inputs[0].type === "date") return day(value) !== undefined;
    if (inputs[0].type === "time") return minute(value) !== undefined;
    return value.length <= inputs[0].maxLength;
  };

  Sheet.prototype.fill = function (answers) {
    this.inputs.forEach(function (inputs, key) {
      var value = Object.prototype.hasOwnProperty.call(answers, key) ? answers[key] : "";
      inputs.forEach(function (input) {
        if (input.type === "checkbox") input.checked = value === true;
        else if (input.type === "radio") input.checked = input.value === value;
        else input.value = value;
      });
    });
    this.changed();
  };

  /* ---- As formulas see them ---- */

  function exact(input) {
    var match = /^([0-9]{1,9})(?:\.([0-9]{1,2}))?$/.exec(input.value.replace(/[\s,$%]/g, ""));
    var digits = Number(input.dataset.digits);
    if (!match || (match[2] || "").length > digits) return undefined;
    var step = BigInt(Math.pow(10, digits));
    var value = BigInt(match[1] + (match[2] || "").padEnd(digits, "0"));
    return value >= BigInt(input.dataset.least) * step && value <= BigInt(input.dataset.most) * step ? value : undefined;
  }

  function day(text) {
    var match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
    var time = match && Date.UTC(match[1], match[2] - 1, match[3]);
    return match && new Date(time).toISOString().slice(0, 10) === text ? BigInt(time / DAY) : undefined;
  }

  function minute(text) {
    var match = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text);
    return match ? BigInt(match[1] * 60 + Number(match[2])) : undefined;
  }

  /* null without an answer; undefined for what can't be one. */
  function value(input) {
    var text = input.value.trim();
    if (!text) return input.validity && input.validity.badInput ? undefined : null;
    if (input.dataset.type === "date") return day(text);
    if (input.dataset.type === "time") return minute(text);
    return exact(input);
  }

  Sheet.prototype.value = function (key) {
    var inputs = this.inputs.get(key);
    if (!inputs) {
      var chosen = [];
      this.inputs.forEach(function (boxes, each) {
        if (each.split("/")[0] === key && boxes[0].checked) chosen.push(each.split("/")[1]);
      });
      return chosen;
    }
    if (inputs[0].type === "checkbox") return inputs[0].checked;
    if (inputs[0].type === "radio") {
      var step = this.typed(key) || null;
      return step && inputs[0].dataset.type === "scale" ? BigInt(step) : step;
    }
    var found = value(inputs[0]);
    return found === undefined ? null : found;
  };

  /* The values that the formula of an element needs: its own repeat of fields that repeat with it, all of others. */
  Sheet.prototype.values = function (fields, element) {
    var sheet = this;
    var part = element.closest("[data-part]");
    var found = {};
    fields.forEach(function (field) {
      var count = sheet.repeats.get(field);
      if (!count) found[field] = sheet.value(field);
      else if (part.querySelector('[data-asks="' + field + '"]')) found[field] = sheet.value(field + "." + element.dataset.repeat);
      else found[field] = Array.from({ length: count }, function (_, index) { return sheet.value(field + "." + (index + 1)); });
    });
    return found;
  };

  /* The question that a field answers, as it stands on the page. */
  Sheet.prototype.question = function (field) {
    var label = this.root.querySelector('[data-asks="' + field + '"] :is(.guide-field__label, .guide-field__option)');
    return label ? label.textContent.trim() : field;
  };

  function said(value, unit, decimals) {
    if (unit === "date") return new Date(Number(value) * DAY).toISOString().slice(0, 10);
    if (unit === "time") return String(value / BigInt(60)).padStart(2, "0") + ":" + String(value % BigInt(60)).padStart(2, "0");
    var digits = unit === "money" || unit === "percent" ? 2 : decimals;
    var text = String(value < 0 ? -value : value).padStart(digits + 1, "0");
    var whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ",");
    var rest = text.slice(text.length - digits);
    return (value < 0 ? "-" : "") + (unit === "money" ? "$" : "") + whole + (/[1-9]/.test(rest) ? "." + rest : "") +
      (unit === "percent" ? "%" : "");
  }

  /* As a record writes a value: $1,250 or 2026-03-14; and as readers see it. */
  tool.said = said;
  tool.shown = function (value, unit, decimals) {
    if (unit !== "date") return said(value, unit, decimals);
    return new Date(Number(value) * DAY)
      .toLocaleDateString(document.documentElement.lang, { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });
  };

  Sheet.prototype.wrong = function (input) {
    var type = input.dataset.type;
    if (value(input) !== undefined) return "";
    if (type === "date" || type === "time") return this.said[type];
    var least = input.dataset.least;
    return this.words("number", { least: least, most: Number(input.dataset.most).toLocaleString("en-US"), example: Math.max(least, 1) });
  };

  Sheet.prototype.changed = function () { this.follow.forEach(function (next) { next(); }); };

  Sheet.prototype.say = function (text) {
    var status = this.root.querySelector(".guide-worksheet__status");
    if (status) status.textContent = text;
  };

  tool.all = all;
  tool.sheets = all(document, "[data-worksheet]").map(function (root) { return new Sheet(root); });
})();
