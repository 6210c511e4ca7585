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

  function write() {
    var ready = document.getElementById(part.value).querySelector("textarea");
    var path = "/embed/v1/" + (theme.value ? theme.value + "/" : "");
    code.value = ready.value
      .replace("/embed/v1/", path)
      .replace('width="100%"', 'width="' + width.value + '"')
      .replace(/height="\d+"/, measured ? 'height="' + measured + '"' : "$&") +
      (fit.checked ? "\n" + form.getAttribute("data-script") : "");
    at("link").value = ready.getAttribute("data-link");
    at("framed").value = /src="([^"]*)"/.exec(code.value)[1];
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
    frame.src = form.getAttribute("data-embeds") + (theme.value ? theme.value + "/" : "") + part.value + "/";
    at("open").href = frame.src;
    place.appendChild(frame);
    note.textContent = note.getAttribute("data-wait");
    at("copied").textContent = "";
    write();
  }

  window.addEventListener("message", function (event) {
    var height = event.data && event.data.guide === "height" ? event.data.height : 0;
    if (!frame || event.source !== frame.contentWindow || typeof height !== "number") return;
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
  chosen();
})();
