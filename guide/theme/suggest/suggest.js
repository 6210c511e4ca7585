/*
 * Suggest a change: choose a record, one text of it, and say it better. What comes after # in the address names the kind,
 * the record and the text: #glossary, #glossary/term, #glossary/term/definition. What is typed stays in this page: it
 * goes into the address of the public form, or into a letter, and nothing is sent before somebody presses there.
 */
(function () {
  "use strict";

  /* Longest addresses. The forge's server takes about 8,000 bytes, and readers who have to sign in first send the address
     once more, encoded a second time. Some mail programs stop at about 2,000. */
  var FORGE = 7800, LETTER = 1900;
  /* Lists with more entries can be searched. */
  var SOME = 12;
  var HIDDEN = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;

  var block = document.getElementById("guide-suggest");
  if (!block) return;
  var said = JSON.parse(block.dataset.said), headings = JSON.parse(block.dataset.headings);
  var title = document.getElementById("guide-suggest-title");
  var form = block.querySelector("form"), now = at("now"), choice = at("choice"), why = at("why"), find = at("find");
  var status = part("status"), failed = part("failed"), back = part("back"), first = title.textContent;
  var files = {}, drafts = {}, value, record, route, asked = 0, pause;

  function at(id) { return document.getElementById("guide-suggest-" + id); }
  function part(name) { return block.querySelector("[data-" + name + "]"); }
  function words(id, filled) {
    return said[id].replace(/\{(\w+)\}/g, function (whole, name) { return name in filled ? filled[name] : whole; });
  }
  /* One line, without what nobody can see: pasted text brings it along. */
  function clean(text) { return text.replace(HIDDEN, "").replace(/\s+/g, " ").trim(); }

  function link(text, target) {
    var a = document.createElement("a");
    a.href = "#" + target;
    a.textContent = text;
    return a;
  }

  function show(step, heading, up, upWords) {
    clearTimeout(pause);
    block.querySelectorAll("[data-step]").forEach(function (each) { each.hidden = each.dataset.step !== step; });
    failed.hidden = Boolean(step);
    title.textContent = heading;
    status.textContent = "";
    back.hidden = up === undefined;
    back.firstElementChild.textContent = upWords || "";
    back.firstElementChild.setAttribute("href", "#" + (up || ""));
    block.hidden = false;
  }

  function turn() {
    title.focus({ preventScroll: true });
    block.scrollIntoView();
  }

  function load(name) {
    if (!files[name]) {
      files[name] = fetch(block.dataset.files + name + ".json").then(function (answer) {
        if (!answer.ok) throw new Error(name);
        return answer.json();
      });
      files[name].catch(function () { delete files[name]; });
    }
    return files[name];
  }

  /* ---- Choosing ---- */

  function list(entries, note) {
    var listed = part("list");
    listed.textContent = "";
    entries.forEach(function (entry) { listed.append(entry); });
    part("find").hidden = entries.length <= SOME;
    part("note").textContent = note;
    find.value = "";
  }

  function listKind(kind, found) {
    show("list", words("which-record", { kind: found.title }), "", said.up);
    part("elsewhere").hidden = true;
    list(found.records.map(function (each) {
      var item = document.createElement("li");
      item.append(link(each[1], kind + "/" + each[0]));
      return item;
    }), "");
  }

  function place(each) { return (each.within || []).concat(each.label).join(" › "); }

  function shown(each) {
    var named = (each.choices || []).find(function (pair) { return pair[0] === each.value; });
    return named ? named[1] : each.value;
  }

  function listRecord(found) {
    show("list", words("which-text", { title: found.title }), route[0], said.up);
    list((found.values || []).map(function (each) {
      var item = document.createElement("li"), where = document.createElement("span"), text = document.createElement("span");
      var to = link(said.change, route[0] + "/" + route[1] + "/" + each.name), more = document.createElement("span");
      where.className = "guide-suggest__where";
      where.textContent = place(each);
      text.className = "guide-suggest__text";
      text.textContent = shown(each);
      more.className = "guide-visually-hidden";
      more.textContent = ": " + place(each);
      to.append(more);
      item.append(where, text, to);
      return item;
    }), found.values.length ? said["choose-text"] : said.nothing);
    var elsewhere = part("elsewhere"), names = elsewhere.querySelector("span");
    names.textContent = "";
    found.elsewhere.forEach(function (each, index) {
      if (index) names.append(", ");
      names.append(link(each[2], each[0] + "/" + each[1]));
    });
    elsewhere.hidden = !found.elsewhere.length;
  }

  find.addEventListener("input", function () {
    var wanted = find.value.trim().toLowerCase(), count = 0;
    part("list").querySelectorAll("li").forEach(function (item) {
      item.hidden = item.textContent.toLowerCase().indexOf(wanted) < 0;
      count += item.hidden ? 0 : 1;
    });
    /* Said once typing pauses. */
    clearTimeout(pause);
    pause = setTimeout(function () { status.textContent = wanted ? words("found", { count: count }) : ""; }, 700);
  });

  /* ---- Writing ---- */

  function draft() {
    var key = route.join("/");
    drafts[key] = drafts[key] || { now: value.value, why: "" };
    return drafts[key];
  }

  function edit() {
    var chosen = value.takes === "choice", typed = draft();
    show("edit", record.title, route[0] + "/" + route[1], said["up-texts"]);
    part("place").textContent = place(value);
    part("was").textContent = shown(value);
    now.hidden = chosen;
    choice.hidden = !chosen;
    form.querySelector("label").htmlFor = (chosen ? choice : now).id;
    at("now-hint").textContent = [value.help, said["hint-" + value.takes]].filter(Boolean).join(" ");
    [now, choice].forEach(function (field) { field.setAttribute("aria-describedby", "guide-suggest-now-hint guide-suggest-now-wrong"); });
    if (chosen) {
      choice.textContent = "";
      value.choices.forEach(function (pair) { choice.append(new Option(pair[1], pair[0])); });
      choice.value = typed.now;
    } else {
      now.value = typed.now;
      now.rows = value.most > 200 ? 6 : 2;
    }
    why.value = typed.why;
    part("safety").hidden = !record.safety;
    wrong("now", "");
    wrong("why", "");
  }

  function keep() {
    if (!value) return;
    drafts[route.join("/")] = { now: value.takes === "choice" ? choice.value : now.value, why: why.value };
  }

  form.addEventListener("input", keep);
  choice.addEventListener("change", keep);

  /* What the schema says is wrong with a text, in words; "" for nothing. */
  function fault(text) {
    if (!text) return said.empty;
    if (text === clean(value.value)) return said.same;
    if (value.takes === "choice") return "";
    if (text.length < value.least) return words("short", { least: value.least });
    if (text.length > value.most) return words("long", { most: value.most, count: text.length });
    if (value.pattern && !new RegExp(value.pattern, "u").test(text)) return said["wrong-" + value.takes];
    if (/<\s*[a-zA-Z!/?]/.test(text)) return said.markup;
    return "";
  }

  function wrong(id, text) {
    at(id + "-wrong").textContent = text;
    (id === "now" ? [now, choice] : [why]).forEach(function (field) {
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
    return text;
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    keep();
    var text = clean(value.takes === "choice" ? choice.value : now.value), reason = clean(why.value);
    var faults = [wrong("now", fault(text)), wrong("why", reason ? "" : said["no-why"])].filter(Boolean);
    if (faults.length) {
      status.textContent = words(faults.length > 1 ? "faults" : "fault", { count: faults.length });
      (at("now-wrong").textContent ? value.takes === "choice" ? choice : now : why).focus();
      return;
    }
    send(text, reason);
  });

  /* ---- Handing over ---- */

  function letter(text, reason) {
    function fenced(each) { return "```text\n" + each + "\n```"; }
    return [
      [headings.file, record.file],
      [headings.record, route[1]],
      [headings.field, value.name],
      [headings.was, fenced(clean(value.value))],
      [headings.now, fenced(text)],
      [headings.why, reason]
    ].map(function (each) { return "### " + each[0] + "\n\n" + each[1] + "\n"; }).join("\n");
  }

  function send(text, reason) {
    var whole = letter(text, reason), encode = encodeURIComponent, page = location.href;
    var subject = words("subject", { title: record.title });
    var forge = block.dataset.forge + "?template=suggested-change.yml&title=" + encode(subject) + "&page=" + encode(page);
    var full = forge + "&suggestion=" + encode(whole), fits = encode(full).length <= FORGE;
    var mail = "mailto:" + block.dataset.contact + "?subject=" + encode(subject) + "&body=" + encode(whole.replace(/\n/g, "\r\n"));
    show("send", words("send", { title: record.title }));
    block.querySelectorAll("[data-forge-way]").forEach(function (each) { each.hidden = !block.dataset.forge; });
    part("to-forge").href = fits ? full : forge;
    part("long").hidden = fits || !block.dataset.forge;
    part("letter-way").hidden = mail.length > LETTER;
    part("to-letter").href = mail;
    part("letter").textContent = whole;
    part("copied").textContent = "";
    turn();
  }

  part("copy").addEventListener("click", function () {
    var copied = part("copied");
    function failedToCopy() {
      getSelection().selectAllChildren(part("letter"));
      copied.textContent = said["copy-failed"];
    }
    if (!navigator.clipboard) return failedToCopy();
    navigator.clipboard.writeText(part("letter").textContent).then(function () { copied.textContent = said.copied; }, failedToCopy);
  });

  part("again").addEventListener("click", function () { edit(); turn(); });

  /* Closing the page loses what was typed, and going to the forge or into a letter doesn't. */
  var leaving = false;
  ["to-forge", "to-letter"].forEach(function (name) {
    part(name).addEventListener("click", function () { leaving = true; setTimeout(function () { leaving = false; }, 2000); });
  });
  window.addEventListener("beforeunload", function (event) {
    var typed = value && drafts[(route || []).join("/")];
    if (typed && !leaving && (typed.why || typed.now !== value.value)) event.preventDefault();
  });

  /* ---- Which step ---- */

  function open(focus) {
    var hash = location.hash.slice(1), number = asked += 1, parts;
    try { parts = decodeURIComponent(hash).split("/"); } catch (error) { parts = [""]; }
    if (hash && document.getElementById(hash)) return;
    value = undefined;
    if (!hash) {
      route = [];
      show("kinds", first);
      return focus && turn();
    }
    var known = Array.from(block.querySelectorAll("[data-step=kinds] a")).some(function (each) { return each.hash === "#" + parts[0]; });
    var named = known && (!parts[1] || /^[a-z0-9-]+$/.test(parts[1]));
    route = parts;
    (named ? load(parts.slice(0, 2).join("/")) : Promise.reject(new Error(hash))).then(function (found) {
      if (number !== asked) return;
      if (!parts[1]) return listKind(parts[0], found);
      record = found;
      value = parts[2] && found.values.find(function (each) { return each.name === parts.slice(2).join("/"); });
      if (value) edit();
      else listRecord(found);
    }).catch(function () {
      if (number === asked) show("", first, "", said.up);
    }).then(function () { if (number === asked) turn(); });
  }

  window.addEventListener("hashchange", function () { open(true); });
  open(false);
})();
