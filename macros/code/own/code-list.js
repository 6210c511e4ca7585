/*
 * Leads those who come with a code to what the guide has on it. The address has the form of MedlinePlus Connect's web
 * application, after # (which no server sees) or after ?. Everything that answers is in the list on the page. Where a code
 * leads to several pages, they are shown here, since an address with the code in it would tell the server.
 */
(function () {
  "use strict";

  var SYSTEM = "mainSearchCriteria.v.cs", CODE = "mainSearchCriteria.v.c", NAME = "mainSearchCriteria.v.dn";
  var LANGUAGE = "informationRecipient.languageCode.c";

  var said = document.querySelector("[data-guide-codes]");
  if (!said) return;

  /* What the address asks for; null if it asks for nothing. */
  function asked() {
    return [location.hash, location.search].reduce(function (found, part) {
      var given = new URLSearchParams(part.slice(1));
      return found || (given.has(SYSTEM) || given.has(CODE) || given.has(NAME) ? given : null);
    }, null);
  }

  function bare(code) { return code.replace(/\./g, ""); }

  /* The code as its system writes it; "" if it isn't one of that system. */
  function spelled(code, system) {
    var category = Number(system.dataset.category), plain = code.trim().toUpperCase();
    if (category && plain.indexOf(".") < 0 && plain.length > category) {
      plain = plain.slice(0, category) + "." + plain.slice(category);
    }
    return new RegExp("^(?:" + system.dataset.pattern + ")$").test(plain) ? plain : "";
  }

  /* The entry of a code, or of the nearest code above it. */
  function entry(code, system) {
    var entries = Array.from(system.querySelectorAll("[data-code]")), category = Number(system.dataset.category);
    var whole = bare(code), length = whole.length, found, least = category || length;
    for (; length >= least; length -= 1) {
      found = entries.find(function (each) { return bare(each.dataset.code) === whole.slice(0, length); });
      if (found) break;
    }
    var without = found && found.dataset.without ? found.dataset.without.split(" ") : [];
    return without.some(function (each) { return whole.indexOf(bare(each)) === 0; }) ? null : found;
  }

  function language(tag) { return tag.trim().toLowerCase().split(/[-_]/)[0]; }

  function say(words, code, links) {
    said.querySelectorAll("ul").forEach(function (list) { list.remove(); });
    var status = said.querySelector("[role=status]"), list = document.createElement("ul");
    status.textContent = words.replace("{code}", function () { return code.slice(0, 40); });
    links.forEach(function (link) {
      var item = document.createElement("li");
      item.append(link.cloneNode(true));
      list.append(item);
    });
    if (links.length) said.append(list);
    if (!words) return;
    said.tabIndex = -1;
    said.focus();
  }

  function answer() {
    var given = asked(), own = language(document.documentElement.lang);
    var tongue = language(given && given.get(LANGUAGE) || "") || own;
    said.querySelectorAll("[data-lang]").forEach(function (card) {
      card.hidden = tongue === own || language(card.dataset.lang) !== tongue;
    });
    if (!given) return say("", "", []);
    var code = (given.get(CODE) || "").trim(), wanted = (given.get(SYSTEM) || "").trim().toLowerCase();
    wanted = wanted.replace(/^urn:oid:/, "");
    var system = Array.from(document.querySelectorAll("[data-guide-code-system]")).find(function (each) {
      return each.dataset.guideCodeSystem === wanted || each.dataset.oids.split(" ").indexOf(wanted) >= 0;
    });
    if (!code) return say(said.dataset.empty, "", []);
    if (!system) return say(said.dataset.system, "", []);
    var written = spelled(code, system), found = written && entry(written, system);
    var links = found ? Array.from(found.querySelectorAll(":scope > ul a")) : [];
    if (!links.length) return say(said.dataset.none, code, []);
    /* A reader who asked for another language is told so, before a page that they may not be able to read. */
    if (tongue !== own) return say(said.dataset.language, written, links);
    if (links.length > 1) return say(said.dataset.has, written, links);
    location.replace(links[0].href);
  }

  window.addEventListener("hashchange", answer);
  answer();
})();
