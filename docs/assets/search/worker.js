/* Answers the search of the theme in its own messages (0 set up, 1 ready, 2 query, 3 result), from INDEX, which the
   build puts before this file (macros/search.py). A list of words is a phrase; a stem is a word without its ending. */
"use strict";

var SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
var MOST = 20;

/* Fields of what is found, by how much a word in them says about it. */
var TITLE = 6, NAME = 5, HEADING = 2.5, TEASER = 2.5, LEAD = 4.5, BODY = 1;
var QUESTION = 5, ANSWER = 1.5, TERM = 6, ALSO = 4.5, DEFINITION = 1.5;

/* What the page of an answer has of its score. */
var MORE = 0.2;

/* Ways from a typed word to one of the index, by how sure they are. */
var SAME = 1, MEANT = 0.6, BEGUN = 0.6, CORRECTED = 0.5;

/* Maps without a prototype: somebody may type "constructor". */
function map() {
  return Object.create(null);
}

var ignored = map();   /* word: true */
var documents = [];    /* {at, kind, title, teaser, names, headings, page}; the pages first */
var postings = map();  /* stem: {document: weight} */
var spellings = map(); /* stem: a word as it is written */
var meanings = map();  /* stem: [stem] */
var crisis = [];       /* {words, joined, card} */
var leads = [];        /* {words, joined, document, anchor, weight} */
var total = 0;

/* ---- Words ---- */

function folded(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'\u2018\u2019]/g, "");
}

/* "co-pay" and "o.d." are read as two words and as one. */
function words(text) {
  var plain = folded(text);
  var joined = (plain.match(/\b([a-z]\.){2,}|[a-z0-9]+(-[a-z0-9]+)+/g) || []).map(function (each) {
    return each.replace(/[-.]/g, "");
  });
  return (plain.match(/[a-z0-9]+(\.[0-9]+)?/g) || []).concat(joined);
}

function stem(word) {
  if (word.length < 4 || /\d/.test(word)) return word;
  word = word.replace(/ies$/, "y").replace(/([^sui])s$/, "$1").replace(/sses$/, "ss");
  if (word.length > 4) word = word.replace(/([aeiouy].*)(ing|ed)$/, "$1");
  return word.replace(/([^aeiouls])\1$/, "$1").replace(/e$/, "").replace(/y$/, "i");
}

/* A phrase without the words that say nothing; whole, if there is nothing else. */
function telling(list) {
  var kept = list.filter(function (word) { return !ignored[word]; });
  return kept.length ? kept : list;
}

/* How many letters to add, drop, change or swap; more than `most` is not counted out. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  var before = [], row = [], next, i, j, least;
  for (j = 0; j <= b.length; j++) row[j] = j;
  for (i = 1; i <= a.length; i++) {
    next = [least = i];
    for (j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      least = Math.min(least, next[j]);
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length];
}

function slips(length) {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/* ---- The index ---- */

function add(document, text, weight) {
  words(text).forEach(function (word) {
    if (ignored[word]) return;
    var key = stem(word), held = postings[key] || (postings[key] = map());
    held[document] = Math.max(held[document] || 0, weight) + (held[document] ? 0.2 : 0);
    if (!spellings[key] || word.length < spellings[key].length) spellings[key] = word;
  });
}

function remember(at, kind, title, teaser, names, headings, page) {
  documents.push({ at: at, kind: kind, title: title, teaser: teaser, names: names, headings: headings, page: page });
  return documents.length - 1;
}

/* Of "help me" the little word must stand there too: "help" alone is said of much else. */
function phrase(text) {
  var all = words(text), list = telling(all), whole = list.length === 1 && all.length > 1;
  if (whole) list = all;
  return { words: list, stems: list.map(stem), joined: all.join(""), whole: whole };
}

function read() {
  INDEX.ignored.forEach(function (word) { words(word).forEach(function (each) { ignored[each] = true; }); });
  INDEX.pages.forEach(function (page) {
    var number = remember(page[0], "", page[1], page[3], [page[1], page[2]], page[4]);
    add(number, page[1], TITLE);
    add(number, page[2], NAME);
    add(number, page[3], TEASER);
    page[4].forEach(function (heading) { add(number, heading[1], HEADING * Math.min(1, 6 / page[4].length)); });
  });
  INDEX.questions.forEach(function (question) {
    var number = remember(question[0], "question", question[1], question[2], [question[1]], [], question[3]);
    add(number, question[1], QUESTION);
    add(number, question[2], ANSWER);
  });
  INDEX.terms.forEach(function (term) {
    var number = remember(term[0], "term", term[1], term[3], [term[1]].concat(term[2]), [], term[4]);
    add(number, term[1], TERM);
    term[2].forEach(function (name) { add(number, name, ALSO); });
    add(number, term[3], DEFINITION);
  });
  var holders = INDEX.holders.split(" ");
  INDEX.body.split(" ").forEach(function (word, which) {
    var page = -1, far = 0, most = 91;
    holders[which].split("").forEach(function (sign) {
      var digit = sign.charCodeAt(0) - 35 - (sign > "\\" ? 1 : 0);
      if (digit === most - 1) { far += most - 1; return; }
      page += far + digit + 1;
      far = 0;
      add(page, word, BODY);
    });
  });
  total = documents.length;
  documents.forEach(function (document) { document.names = document.names.filter(Boolean).map(phrase); });
  INDEX.means.forEach(function (entry) {
    entry[0].forEach(function (word) {
      var key = stem(words(word).join(""));
      entry[1].forEach(function (other) {
        (meanings[key] = meanings[key] || []).push.apply(meanings[key], telling(words(other)).map(stem));
      });
      spellings[key] = spellings[key] || words(word).join("");
    });
  });
  INDEX.crisis.forEach(function (entry) {
    entry[0].forEach(function (text) { crisis.push(Object.assign(phrase(text), { card: entry[1] })); });
  });
  INDEX.answers.forEach(function (entry) {
    entry[0].forEach(function (text) {
      var lead = Object.assign(phrase(text), { document: entry[1], anchor: entry[2] });
      add(entry[1], text, LEAD);
      leads.push(lead);
    });
  });
}

function rarity(key) {
  var held = postings[key], count = held ? Object.keys(held).length : 0;
  return Math.log(1 + total / (1 + count));
}

/* ---- A query ---- */

function known(word) {
  return ignored[word] || postings[stem(word)] || meanings[stem(word)];
}

/* What a typed word may be: stems of the index, each with how sure that is. */
function readings(word, last) {
  var key = stem(word), found = map();
  function take(other, sure) { found[other] = Math.max(found[other] || 0, sure); }
  if (postings[key]) take(key, SAME);
  (meanings[key] || []).forEach(function (other) { if (postings[other]) take(other, MEANT); });
  if (last && word.length > 2 && !Object.keys(found).length) {
    Object.keys(postings).forEach(function (other) { if (other.indexOf(key) === 0) take(other, BEGUN); });
  }
  return found;
}

/* The words of the index that are spelled most like one that is not there. */
function corrections(word) {
  var best = 2, found = [];
  if (!slips(word.length)) return found;
  Object.keys(spellings).forEach(function (key) {
    var other = spellings[key], most = Math.min(best, slips(Math.max(word.length, other.length)));
    if (other.length < 4) return;
    var far = Math.min(distance(word, other, most), distance(stem(word), key, most) + 0.1);
    if (far > most) return;
    if (word[0] !== other[0]) far += 0.5;
    if (far > best) return;
    if (far < best) { best = far; found = []; }
    found.push(other);
  });
  return found.sort(function (a, b) { return holders(b) - holders(a); }).slice(0, 3);
}

function holders(word) {
  return Object.keys(postings[stem(word)] || {}).length;
}

/* How surely a phrase stands in the query, 0 to 1: its words in order with at most one other between two, or as one. */
function stands(phrase, query) {
  var from, at, next, sure, here;
  var all = phrase.words, long = all.length > 2, tokens = phrase.whole ? query.typed : query.tokens;
  for (from = 0; from < tokens.length; from++) {
    at = from - 1;
    next = 0;
    sure = 1;
    while (next < all.length) {
      here = alike(tokens[at + 1], all[next], phrase.stems[next], long && sure === SAME);
      at += 1;
      if (!here && next) {
        here = alike(tokens[at + 1], all[next], phrase.stems[next], long && sure === SAME);
        at += 1;
      }
      if (!here) break;
      sure = Math.min(sure, here);
      next += 1;
    }
    if (next === all.length) return sure;
  }
  return query.runs.some(function (each) { return miswritten(each, phrase.joined); }) ? CORRECTED : 0;
}

/* A word that the guide knows is taken for a slip in one place of a long phrase alone: "i dot want to live". */
function alike(token, word, key, slack) {
  if (!token) return 0;
  if (token.word === word || token.stem === key) return SAME;
  if ((meanings[token.stem] || []).indexOf(key) >= 0) return MEANT;
  if (token.known && !slack) return 0;
  if (token.last && token.word.length > 4 && word.indexOf(token.word) === 0) return BEGUN;
  if (word.length > 4 && token.word.indexOf(word) >= 0) return CORRECTED;
  var far = distance(token.word, word, slips(word.length));
  return far <= slips(word.length) ? CORRECTED - far / 10 : 0;
}

function miswritten(run, joined) {
  var most = !run.unknown || joined.length < 7 ? 0 : joined.length < 12 ? 1 : 2;
  return run.text === joined || most && distance(run.text, joined, most) <= most;
}

/* Neighbors of the query as one word: "over dose", and where one of them is unknown, "kil my self". */
function runs(list) {
  var found = [], from, to;
  for (from = 0; from < list.length; from++) {
    for (to = from + 1; to <= Math.min(list.length, from + 5); to++) {
      found.push({ text: list.slice(from, to).join(""), unknown: !list.slice(from, to).every(known) });
    }
  }
  return found;
}

function search(query) {
  var typed = words(query), open = /[a-z0-9]$/i.test(query);
  function token(word, which, all) {
    return { word: word, stem: stem(word), known: !!known(word), last: open && which === all.length - 1 };
  }
  var tokens = telling(typed).map(token);
  var read = { typed: typed.map(token), tokens: tokens, runs: runs(typed) };
  var cards = [];
  crisis.forEach(function (each) {
    var sure = stands(each, read) * each.joined.length;
    if (sure) cards[each.card] = Math.max(cards[each.card] || 0, sure);
  });
  var shown = Object.keys(cards).sort(function (a, b) { return cards[b] - cards[a]; }).slice(0, 2).map(card);

  var instead = map();
  /* Below a card stands what was asked for, not what a word may stand for or become. */
  read.crisis = shown.length > 0;
  var found = tokens.map(function (token) { return readings(token.word, token.last && !read.crisis); });
  var nothing = !found.some(function (each) { return Object.keys(each).length; });
  found.forEach(function (each, which) {
    if (Object.keys(each).length) return;
    corrections(tokens[which].word).forEach(function (word) {
      Object.keys(readings(word)).forEach(function (key) { each[key] = CORRECTED; });
      instead[tokens[which].word] = instead[tokens[which].word] || word;
    });
  });
  var hits = ranked(read, found).slice(0, MOST);
  if (nothing && hits.length && !shown.length) hits[0].instead = correction(typed, instead);
  return shown.concat(hits.map(function (hit) { return result(hit, found, query); }));
}

function ranked(query, found) {
  var tokens = query.tokens, scores = {}, matched = {}, gained = {}, mass = 0;
  var weights = tokens.map(function (token, which) {
    var keys = Object.keys(found[which]);
    return keys.length ? Math.max.apply(null, keys.map(rarity)) : Math.log(1 + total);
  });
  weights.forEach(function (weight) { mass += weight; });
  tokens.forEach(function (token, which) {
    var best = {};
    Object.keys(found[which]).forEach(function (key) {
      var sure = found[which][key], held = postings[key], worth = Math.min(rarity(key), weights[which]);
      Object.keys(held).forEach(function (number) {
        best[number] = Math.max(best[number] || 0, sure * worth * held[number]);
      });
    });
    Object.keys(best).forEach(function (number) {
      scores[number] = (scores[number] || 0) + best[number];
      matched[number] = (matched[number] || 0) + weights[which];
    });
  });
  Object.keys(scores).forEach(function (number) {
    scores[number] *= Math.pow(matched[number] / mass, 1.5);
    documents[number].names.forEach(function (name) {
      var share = overlap(name.stems, found);
      if (share) scores[number] += 6 * share * matched[number] / mass * Math.min(3, mass / tokens.length);
    });
  });
  /* The page that an answer names has more of it. */
  Object.keys(scores).forEach(function (number) {
    var page = documents[number].page, more = scores[number] * MORE;
    if (page !== null && page >= 0) gained[page] = Math.max(gained[page] || 0, more);
  });
  Object.keys(gained).forEach(function (page) { scores[page] = (scores[page] || 0) + gained[page]; });
  var anchors = {};
  leads.forEach(function (lead) {
    var sure = stands(lead, query), part = 0;
    if (!sure || query.crisis && sure < MEANT) return;
    lead.stems.forEach(function (key) { part += rarity(key); });
    part = Math.min(1, part / mass) * 3 * mass;
    if (anchors[lead.document] && anchors[lead.document].part >= part) return;
    anchors[lead.document] = { part: part, anchor: lead.anchor };
  });
  Object.keys(anchors).forEach(function (number) {
    scores[number] = (scores[number] || 0) + anchors[number].part;
  });
  var order = Object.keys(scores).sort(function (a, b) { return scores[b] - scores[a] || a - b; });
  return order.filter(function (number) { return scores[number] > scores[order[0]] * 0.1; }).map(function (number) {
    return { document: documents[number], score: scores[number], anchor: (anchors[number] || {}).anchor || "" };
  });
}

/* How much of a name the query says. */
function overlap(stems, found) {
  var said = stems.filter(function (key) { return found.some(function (each) { return each[key]; }); });
  return said.length / stems.length;
}

/* ---- What is shown ---- */

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function marked(text, found) {
  return text.split(/([A-Za-z0-9]+)/).map(function (piece, which) {
    var key = which % 2 && stem(folded(piece));
    return key && found.some(function (each) { return each[key]; }) ? "<mark>" + piece + "</mark>" : escaped(piece);
  }).join("");
}

function correction(typed, instead) {
  return typed.map(function (word) { return instead[word] || word; }).join(" ");
}

function item(location, html, score) {
  return [{ location: location, title: html, text: "", score: score, terms: {} }];
}

function card(which) {
  var entry = INDEX.cards[which];
  return item(entry[0], entry[2], 1000);
}

/* The heading of a page that says most of the query. */
function section(document, found) {
  var best = null, most = 0;
  var titled = overlap(document.names[0].stems, found);
  document.headings.forEach(function (heading) {
    var list = telling(words(heading[1])).map(stem), said = overlap(list, found) * list.length;
    if (said > most + 0.01 && said / list.length > 0.5 && titled < 0.5) { most = said; best = heading; }
  });
  return best;
}

function result(hit, found, query) {
  var document = hit.document, words = INDEX.words, at = document.at, html = "";
  var heading = document.kind || hit.anchor ? null : section(document, found);
  if (hit.anchor) at += "#" + hit.anchor;
  else if (heading) at += "#" + heading[0];
  if (hit.instead) {
    html += '<span class="guide-hit__instead" data-instead="' + escaped(hit.instead) + '">'
      + escaped(words.instead.replace("{query}", query.trim())) + "</span>";
  }
  if (document.kind) html += '<span class="guide-hit__kind">' + escaped(words[document.kind]) + "</span> ";
  html += '<span class="guide-hit__title">' + marked(document.title, found) + "</span>";
  if (heading) html += ' <span class="guide-hit__section">' + marked(heading[1], found) + "</span>";
  html += ' <span class="guide-hit__teaser">' + marked(document.teaser, found) + "</span>";
  return item(at, html, hit.score);
}

self.onmessage = function (event) {
  if (event.data.type === SETUP) {
    read();
    self.postMessage({ type: READY });
  } else if (event.data.type === QUERY) {
    self.postMessage({ type: RESULT, data: { items: search(event.data.data) } });
  }
};
