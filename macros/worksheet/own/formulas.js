/*
 * Evaluates the formulas of worksheets: the programs that macros/worksheet/formulas.py compiles and describes. Values
 * are exact fractions {n, d} of BigInts with d above 0, true or false, or null for unknown. Python and this script
 * agree on every value; tests/browser/test_worksheet_formulas.py compares them.
 */
(function () {
  "use strict";

  var ZERO = BigInt(0);
  var ONE = BigInt(1);
  var TEN = BigInt(10);
  var SCALES = { money: BigInt(100), percent: BigInt(10000) };

  /* What answers say. */

  function answered(value) { return typeof value === "bigint"; }

  function list(value) { return Array.isArray(value) ? value : []; }

  var read = {
    number: function (values, numerator, denominator) { return { n: BigInt(numerator), d: BigInt(denominator) }; },
    field: function (values, field, scale) {
      return answered(values[field]) ? { n: values[field], d: BigInt(scale) } : null;
    },
    /* An empty row of a log is no unknown, but a log without any answer is one. */
    sum: function (values, field, scale) {
      var answers = list(values[field]).filter(answered);
      if (!answers.length) return null;
      return { n: answers.reduce(function (total, answer) { return total + answer; }), d: BigInt(scale) };
    },
    tick: function (values, field) { return values[field] === true; },
    is: function (values, field, option) {
      return typeof values[field] === "string" ? values[field] === option : null;
    },
    has: function (values, field, option) { return list(values[field]).includes(option); },
  };

  /* What is computed from known values. */

  function add(a, b) { return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }; }

  function multiply(a, b) { return { n: a.n * b.n, d: a.d * b.d }; }

  function isLess(a, b) { return a.n * b.d < b.n * a.d; }

  function isEqual(a, b) { return a.n * b.d === b.n * a.d; }

  function many(join) {
    return function () { return Array.from(arguments).reduce(function (a, b) { return join(a, b); }); };
  }

  /* The nearest whole number, half away from zero; BigInts divide toward zero. */
  function rounded(value) {
    var half = value.n < ZERO ? -value.d : value.d;
    return (value.n + value.n + half) / (value.d + value.d);
  }

  function invert(value) {
    if (value.n === ZERO) return null;
    return value.n < ZERO ? { n: -value.d, d: -value.n } : { n: value.d, d: value.n };
  }

  var compute = {
    "+": many(add),
    "*": many(multiply),
    "-": function (value) { return { n: -value.n, d: value.d }; },
    "/": invert,
    min: many(function (a, b) { return isLess(b, a) ? b : a; }),
    max: many(function (a, b) { return isLess(a, b) ? b : a; }),
    round: function (value, steps) { return multiply({ n: rounded(multiply(value, steps)), d: ONE }, invert(steps)); },
    "<": isLess,
    "<=": function (a, b) { return !isLess(b, a); },
    ">": function (a, b) { return isLess(b, a); },
    ">=": function (a, b) { return !isLess(a, b); },
    "=": isEqual,
    "!=": function (a, b) { return !isEqual(a, b); },
    not: function (value) { return !value; },
  };

  /* The value of a program: a fraction, true or false, or null for unknown. Answers are BigInts, ids of options, lists
     of either, and booleans, by the id of their field; anything else is no answer. */
  function evaluate(program, values) {
    var operation = program[0];
    var given = program.slice(1);
    if (read[operation]) return read[operation].apply(null, [values].concat(given));
    var parts = given.map(function (part) { return evaluate(part, values); });
    if (operation === "and" || operation === "or") {
      var decisive = operation === "or";
      if (parts.includes(decisive)) return decisive;
      return parts.includes(null) ? null : !decisive;
    }
    return parts.includes(null) ? null : compute[operation].apply(null, parts);
  }

  /* A fraction as it would be entered: cents, smallest steps of a number, days... Null for anything else. */
  function finish(value, unit, decimals) {
    if (value === null || typeof value !== "object") return null;
    var scale = unit === "number" ? TEN ** BigInt(decimals || 0) : SCALES[unit] || ONE;
    return rounded({ n: value.n * scale, d: value.d });
  }

  window.guideWorksheet = window.guideWorksheet || {};
  window.guideWorksheet.evaluate = evaluate;
  window.guideWorksheet.finish = finish;
})();
