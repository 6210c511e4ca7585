/* The builder: reads the ready code of the list, changes it as chosen, shows and measures the result. */
(function () {
  "use strict";

  function at(id) { return document.getElementById("guide-builder-" + id); }

  var form = document.getElementById("guide-builder");
  if (!form) return;
  var part = at("part");
  var theme = at("theme");
  var width = at("width");
  var fit = at("fit");
  var code = at("code");
  var place = at("preview");
  var note = at("height");
  var frame = null;
  var measured = 0;
  var KEY = "guide-clinic";
  var own = at("own");
  var details = Array.from(form.querySelectorAll("[data-detail]"));
  var keep = at("keep");
  var clinic = {};

  document.querySelectorAll(".guide-builder-list").forEach(function (list) {
    var group = document.createElement("optgroup");
    group.label = list.querySelector("summary").textContent;
    list.querySelectorAll("textarea").forEach(function (ready) {
      var option = document.createElement("option");
      option.value = ready.parentNode.id;
      option.textContent = ready.getAttribute("data-title");
      option.lang = ready.closest("details").querySelector("summary").lang;
      group.appendChild(option);
    });
    part.appendChild(group);
  });

  /* A clinic of this copy has an address of its own for everything. */
  function folder() { return own && own.value ? "clinic/" + own.value + "/" : ""; }

  function attributes() {
    return Object.keys(clinic).map(function (field) {
      var value = clinic[field].replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
      return " data-clinic-" + field + '="' + value + '"';
    }).join("");
  }

  function write() {
    var ready = document.getElementById(part.value).querySelector("textarea");
    var path = "/embed/v1/" + (theme.value ? theme.value + "/" : "") + folder();
    code.value = ready.value
      .replace("/embed/v1/", path)
      .replace("<iframe", function (start) { return start + attributes(); })
      .replace('width="100%"', 'width="' + width.value + '"')
      .replace(/height="\d+"/, measured ? 'height="' + measured + '"' : "$&") +
      (fit.checked ? "\n" + form.getAttribute("data-script") : "");
    at("framed").value = /src="([^"]*)"/.exec(code.value)[1];
    at("link").value = folder() ? at("framed").value : ready.getAttribute("data-link");
    at("handout").href = form.getAttribute("data-handouts") + folder() + part.value + "/";
  }

  function show() {
    var option = part.options[part.selectedIndex];
    measured = 0;
    if (frame) place.removeChild(frame);
    frame = document.createElement("iframe");
    frame.className = "guide-builder__frame";
    frame.title = place.getAttribute("data-title").replace("{title}", option.textContent);
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    frame.setAttribute("referrerpolicy", "no-referrer");
    /* To be looked at: whoever wants to use it opens it by the link above. */
    frame.setAttribute("inert", "");
    frame.tabIndex = -1;
    frame.setAttribute("width", width.value);
    frame.setAttribute("height", "600");
    frame.src = form.getAttribute("data-embeds") + (theme.value ? theme.value + "/" : "") + folder() + part.value + "/";
    at("open").href = frame.src;
    place.appendChild(frame);
    note.textContent = note.getAttribute("data-wait");
    at("copied").textContent = "";
    write();
  }

  /* The preview hears of the details as a frame on another page does. */
  function tellPreview() { frame.contentWindow.postMessage({ guide: "key", key: "preview", clinic: clinic }, "*"); }

  /* ---- The clinic's details ---- */

  function store(text) {
    try {
      if (text) localStorage.setItem(KEY, text);
      else localStorage.removeItem(KEY);
      return true;
    } catch (error) {
      return false;
    }
  }

  function stored() {
    try { return window.guideClinic.clean(JSON.parse(localStorage.getItem(KEY))); } catch (error) { return {}; }
  }

  function typed() {
    var values = {};
    details.forEach(function (field) {
      var name = field.getAttribute("data-detail");
      var value = window.guideClinic.detail(name, field.value);
      var wrong = Boolean(field.value.trim()) && !value;
      var said = document.getElementById(field.id + "-wrong");
      field.setAttribute("aria-invalid", wrong);
      if (said.textContent !== (wrong ? field.getAttribute("data-wrong") : "")) {
        said.textContent = wrong ? field.getAttribute("data-wrong") : "";
      }
      values[name] = value;
    });
    return window.guideClinic.clean(values);
  }

  function sayKept(what) { at("kept").textContent = what && at("kept").getAttribute("data-" + what); }

  /* What is typed is kept only while the box has its check mark. */
  function changed() {
    clinic = own && own.value ? {} : typed();
    at("details").disabled = Boolean(own && own.value);
    keep.disabled = !clinic.name;
    if (keep.checked && !at("details").disabled && !store(clinic.name ? JSON.stringify(clinic) : "")) keep.checked = false;
    write();
    if (frame) tellPreview();
  }

  function restore() {
    var kept = stored();
    keep.checked = Boolean(kept.name);
    sayKept("");
    if (kept.name) details.forEach(function (field) { field.value = kept[field.getAttribute("data-detail")] || ""; });
    changed();
  }

  keep.addEventListener("change", function () {
    var done = store(keep.checked ? JSON.stringify(clinic) : "");
    if (!done) keep.checked = false;
    sayKept(!done ? "failed" : keep.checked ? "kept" : "removed");
  });
  details.forEach(function (field) { field.addEventListener("input", changed); });
  if (own) own.addEventListener("change", function () {
    changed();
    show();
  });

  /* A handout that was opened from here asks for the details. */
  window.addEventListener("message", function (event) {
    if (event.origin !== location.origin || !event.data || event.data.guide !== "handout" || !event.source) return;
    event.source.postMessage({ guide: "clinic", clinic: clinic }, location.origin);
  });

  window.addEventListener("message", function (event) {
    var height = event.data && event.data.guide === "height" ? event.data.height : 0;
    if (!frame || event.source !== frame.contentWindow || typeof height !== "number") return;
    if (event.data.key !== "preview") tellPreview();
    if (!(height > 0 && height < 1e6) || Math.ceil(height) === measured) return;
    measured = Math.ceil(height);
    frame.setAttribute("height", measured);
    note.textContent = note.getAttribute("data-done")
      .replace("{height}", measured)
      .replace("{windows}", (measured / window.innerHeight).toFixed(1));
    write();
  });

  function chosen() {
    var wanted = location.hash.slice(1);
    try { wanted = decodeURIComponent(wanted); } catch (error) { /* As it is. */ }
    var known = Array.prototype.some.call(part.options, function (option) { return option.value === wanted; });
    if (known) {
      part.value = wanted;
      form.scrollIntoView();
    }
    show();
  }

  [part, theme, width].forEach(function (field) { field.addEventListener("change", show); });
  fit.addEventListener("change", write);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  at("copy").addEventListener("click", function () {
    var button = at("copy");
    function say(name) { at("copied").textContent = button.getAttribute("data-" + name); }
    code.focus();
    code.select();
    if (!navigator.clipboard) return say("failed");
    navigator.clipboard.writeText(code.value).then(function () { say("done"); }, function () { say("failed"); });
  });

  form.hidden = false;
  window.addEventListener("hashchange", chosen);
  window.addEventListener("pageshow", restore);
  chosen();
})();
