/* What a clinic says of itself, typed in the builder or given by the page around a frame. It's somebody else's text: only
   plain words, digits and one https address come through, and what is too long is left out, never cut.
   guide/model/clinic.py holds records to the same. */
(function () {
  "use strict";

  var MOST = 160;
  /* Characters that can't be seen, change how others are read, or stand for one that was lost; and marks piled upon a letter. */
  var HIDDEN = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\u2028\u2029\ufffd]|\p{M}{3}/u;

  function words(value) {
    value = value.normalize("NFC").replace(/[ \t\r\n\u00a0]+/g, " ").trim();
    return value.length <= MOST && !HIDDEN.test(value) ? value : "";
  }

  function phone(value) {
    if (!/^\+?[0-9 ().-]{3,24}$/.test(value.trim())) return "";
    var digits = value.replace(/\D/g, "");
    if (/^(\d{3}|\d{5,6})$/.test(digits)) return digits;
    var parts = /^(1?)(\d{3})(\d{3})(\d{4})$/.exec(digits);
    return parts ? parts.slice(1).filter(Boolean).join("-") : "";
  }

  function address(value) {
    value = value.trim();
    if (value.length > MOST || HIDDEN.test(value) || !/^https:\/\/[^\s@\\]+$/i.test(value)) return "";
    try {
      var url = new URL(value);
      return url.protocol === "https:" && url.hostname.indexOf(".") > 0 && url.href.length <= MOST ? url.href : "";
    } catch (error) {
      return "";
    }
  }

  var FIELDS = { name: words, phone: phone, "after-hours": phone, crisis: words, url: address };

  /* Returns one detail as it may be shown, or "". */
  function detail(field, value) {
    return typeof value === "string" && value.length < 2000 ? FIELDS[field](value) : "";
  }

  /* Returns all details that may be shown; none without a name, since nobody would know whose they are. */
  function clean(said) {
    var clinic = {};
    said = said && typeof said === "object" ? said : {};
    Object.keys(FIELDS).forEach(function (field) {
      var value = Object.prototype.hasOwnProperty.call(said, field) ? detail(field, said[field]) : "";
      if (value) clinic[field] = value;
    });
    return clinic.name ? clinic : {};
  }

  function link(field, value) {
    var a = document.createElement("a");
    a.href = field === "url" ? value : "tel:" + value.replace(/\D/g, "");
    a.textContent = field === "url" ? value.replace(/^https:\/\//, "").replace(/\/$/, "") : value;
    if (field === "url") {
      a.target = "_blank";
      a.rel = "noopener noreferrer";
    } else {
      a.className = "guide-phone";
    }
    return a;
  }

  /* Shows the details in the places that wait for them; hides those places where there are none. */
  function fill(said) {
    var clinic = clean(said);
    document.querySelectorAll("[data-clinic]").forEach(function (place) {
      var field = place.getAttribute("data-clinic");
      var value = clinic[field] || "";
      place.textContent = "";
      if (value) place.append(FIELDS[field] === words ? value : link(field, value));
      var line = place.closest("[data-clinic-line]");
      if (line) line.hidden = !value;
    });
    document.querySelectorAll("[data-clinic-box]").forEach(function (box) { box.hidden = !clinic.name; });
  }

  window.guideClinic = { clean: clean, detail: detail, fill: fill };
})();
