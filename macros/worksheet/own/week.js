/* Shows entries as a week, says where two of them overlap, and writes them for a calendar. */
(function () {
  "use strict";

  var tool = window.guideWorksheet;

  function clock(minutes) {
    var time = new Date(Date.UTC(2000, 0, 1, 0, minutes));
    return time.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  }

  function span(entry) { return clock(entry.starts) + "–" + clock(entry.ends); }

  /* Every entry with a day, a start and an end; one that ends before it starts goes on after midnight. */
  function entries(sheet, week) {
    var asks = week.dataset;
    var found = [];
    for (var number = 1; number <= sheet.repeats.get(asks.starts); number += 1) {
      var starts = sheet.value(asks.starts + "." + number);
      var ends = sheet.value(asks.ends + "." + number);
      if (starts === null || ends === null) continue;
      starts = Number(starts);
      ends = Number(ends);
      var key = asks.name + "." + number;
      var chosen = (sheet.inputs.get(key) || []).filter(function (input) { return input.type === "radio" && input.checked; })[0];
      found.push({
        days: sheet.value(asks.days + "." + number),
        starts: starts,
        ends: ends > starts ? ends : ends + 1440,
        name: (chosen ? chosen.parentNode.textContent.trim() : sheet.typed(key)) || sheet.said.unnamed
      });
    }
    return found;
  }

  function onDay(found, day) {
    return found.filter(function (entry) { return entry.days.indexOf(day) >= 0; }).sort(function (one, other) {
      return one.starts - other.starts || one.ends - other.ends;
    });
  }

  function add(parent, tag, text) {
    var element = document.createElement(tag);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function show(sheet, week) {
    var ids = week.dataset.weekdays.split(" ");
    var names = week.dataset.dayNames.split("|");
    var found = entries(sheet, week);
    var clashes = [];
    var days = week.querySelector(".guide-week__days");
    days.textContent = "";
    ids.forEach(function (id, index) {
      var today = onDay(found, id);
      add(days, "p", names[index]).className = "guide-week__day";
      var list = today.length ? days.appendChild(document.createElement("ul")) : add(days, "p", sheet.said.nothing);
      /* What goes on after midnight can overlap with the next day. */
      var next = onDay(found, ids[(index + 1) % ids.length]).map(function (entry) {
        return Object.assign({}, entry, { starts: entry.starts + 1440, ends: entry.ends + 1440 });
      });
      today.forEach(function (entry, place) {
        add(list, "li", span(entry) + " " + entry.name);
        today.slice(place + 1).concat(next).filter(function (later) { return later.starts < entry.ends; }).forEach(function (later) {
          clashes.push(sheet.words("clash", {
            day: names[index], first: entry.name, first_time: span(entry), second: later.name, second_time: span(later)
          }));
        });
      });
    });
    var status = week.querySelector(".guide-week__clashes");
    var said = found.length > 1 ? (clashes.join("\n") || sheet.said["no-clash"]) : "";
    if (status.textContent !== said) status.textContent = said;
    status.classList.toggle("guide-week__clashes--some", clashes.length > 0);
    week.hidden = false;
  }

  /* Puts the entries of a sample where nothing is typed yet. */
  function begin(sheet, week, samples) {
    var asks = week.dataset;
    var count = sheet.repeats.get(asks.starts);
    var answers = sheet.answers();
    var part = week.closest("[data-part]");
    var fields = tool.all(part, "[data-repeat='1'] [data-asks]").map(function (field) { return field.dataset.asks; });
    var free = [];
    for (var number = 1; number <= count; number += 1) {
      var taken = Object.keys(answers).some(function (key) {
        var named = key.split("/")[0].split(".");
        return fields.indexOf(named[0]) >= 0 && Number(named[1]) === number;
      });
      if (!taken) free.push(number);
    }
    samples.slice(0, free.length).forEach(function (sample, index) {
      var place = "." + free[index];
      sample.days.forEach(function (day) { answers[asks.days + place + "/" + day] = true; });
      answers[asks.starts + place] = sample.starts;
      answers[asks.ends + place] = sample.ends;
      answers[asks.name + place] = sample.name;
    });
    sheet.fill(answers);
    sheet.typedSomething();
  }

  /* ---- The calendar: RFC 5545, in the local time of whoever opens it ---- */

  function two(number) { return String(number).padStart(2, "0"); }

  function stamp(date, minutes) {
    var time = new Date(date.getFullYear(), date.getMonth(), date.getDate(), 0, minutes);
    return time.getFullYear() + two(time.getMonth() + 1) + two(time.getDate()) + "T" + two(time.getHours()) + two(time.getMinutes()) + "00";
  }

  function escaped(text) { return text.replace(/[\\;,]/g, "\\$&").replace(/[\s\0-\x1f\x7f]+/g, " "); }

  /* A line has at most 75 bytes; what is left goes on after a space. */
  function folded(line) {
    var bytes = 0;
    return Array.from(line).map(function (letter) {
      var size = new TextEncoder().encode(letter).length;
      bytes += size;
      if (bytes <= 75) return letter;
      bytes = 1 + size;
      return "\r\n " + letter;
    }).join("");
  }

  tool.calendar = function (sheet, named) {
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//" + sheet.id + "//EN"];
    var now = new Date();
    tool.all(sheet.root, ".guide-week").forEach(function (week) {
      var ids = week.dataset.weekdays.split(" ");
      entries(sheet, week).forEach(function (entry, number) {
        entry.days.forEach(function (day) {
          /* Weekdays begin with Monday here, with Sunday there. */
          var ahead = (ids.indexOf(day) + 1 - now.getDay() + 7) % 7;
          var date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead);
          lines.push(
            "BEGIN:VEVENT", "UID:" + Date.now() + "-" + number + "-" + day + "@" + sheet.id,
            "DTSTAMP:" + now.toISOString().replace(/[-:]|\.\d+/g, ""),
            "DTSTART:" + stamp(date, entry.starts), "DTEND:" + stamp(date, entry.ends),
            "RRULE:FREQ=WEEKLY", "SUMMARY:" + (named ? escaped(entry.name) : sheet.said.appointment), "END:VEVENT"
          );
        });
      });
    });
    return lines.concat("END:VCALENDAR", "").map(folded).join("\r\n");
  };

  tool.sheets.forEach(function (sheet) {
    tool.all(sheet.root, ".guide-week").forEach(function (week) {
      sheet.follow.push(function () { show(sheet, week); });
      var part = week.closest("[data-part]");
      tool.all(part, ".guide-worksheet__begins").forEach(function (line) { line.hidden = false; });
      part.addEventListener("click", function (event) {
        if (event.target.dataset.do === "begin") begin(sheet, week, JSON.parse(event.target.dataset.entries));
      });
    });
  });
})();
