/* Answers queries from INDEX, which the build puts before words.js and this file (guide/outputs/search_index.py). Runs in a worker, which takes the
   words of a query as a message, or in a page, as guideSearch(words); results.js uses either. It returns texts in
   pieces and never HTML, except for the care cards, whose HTML the build wrote. A list of words is a phrase; a
   stem is a word without its ending. */
(function () {
"use strict";

var folded = guideWords.folded, stem = guideWords.stem;

/* The most that is answered: results, letters of a query, letters of a word, words that are corrected. */
var MOST_HITS = 20, MOST_TYPED = 300, MOST_LETTERS = 40, MOST_CORRECTED = 8;

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

/* word: true */
var ignored = map();
/* stem: true, of words that too many pages hold to lead to any */
var common = map();
/* {at, kind, title, teaser, names, headings, page}; the pages first */
var documents = [];
/* stem: {document: weight} */
var postings = map();
/* stem: a word as it is written */
var spellings = map();
/* stem: [stem] */
var meanings = map();
/* {words, stems, joined, card, unless, alone, exact} */
var crisis = [];
/* {words, stems, joined, document, anchor} */
var leads = [];
var total = 0;

/* ---- Words ---- */

/* "co-pay" and "o.d." are read as two words and as one. */
function words(text) {
  var plain = folded(text);
  var joined = (plain.match(/\b([a-z]\.){2,}|[a-z0-9]+(-[a-z0-9]+)+/g) || []).map(function (each) {
    return each.replace(/[-.]/g, "");
  });
  return (plain.match(/[\p{L}\p{N}]+(\.[0-9]+)?/gu) || []).concat(joined).map(function (word) {
    return word.slice(0, MOST_LETTERS);
  });
}

/* Scripts that put no space between words, or whose words begin and end in many ways, are looked for letter by letter. */
function foreign(text) {
  return /(?!\p{Script=Latin})\p{L}/u.test(text);
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

/* The anchor that the engine gives a heading. */
function slug(heading) {
  return heading.normalize("NFKD").replace(/[^\w\s-]/g, "").trim().toLowerCase().replace(/[-\s]+/g, "-");
}

function remember(at, kind, title, teaser, names, headings, page) {
  documents.push({ at: at, kind: kind, title: title, teaser: teaser, names: names, headings: headings, page: page });
  return documents.length - 1;
}

/* Of "help me" the little word must stand there too: "help" alone is said of much else. */
function phrase(text) {
  var all = words(text), list = telling(all);
  return told(all, list.length === 1 && all.length > 1 ? all : list);
}

/*
 * A phrase of a crisis keeps its little words where most of its words are little: of "cannot go on" all, and where half
 * of them are, one: "can't take time off" is not "can't take it anymore".
 */
function alarm(text, card, unless, alone, exact) {
  var all = words(text), list = telling(all), found = told(all, list.length * 2 < all.length || list.length < 2 ? all : list);
  var little = list.length * 2 === all.length && list.length > 1 && all.filter(function (word) { return ignored[word]; });
  return Object.assign(found, {
    card: card, unless: unless, alone: alone, exact: exact, telling: list.length, little: little
  });
}

function told(all, list) {
  return {
    words: list, stems: list.map(stem), joined: all.join(""), count: all.length, whole: list === all && all.length > 1,
    foreign: foreign(all.join(""))
  };
}

function read() {
  INDEX.ignored.forEach(function (word) { words(word).forEach(function (each) { ignored[each] = true; }); });
  INDEX.pages.forEach(function (page) {
    var headings = page[4].map(function (heading) {
      return typeof heading === "string" ? [slug(heading), heading] : heading;
    });
    var number = remember(page[0], "", page[1], page[3], [page[1], page[2]], headings);
    add(number, page[1], TITLE);
    add(number, page[2], NAME);
    add(number, page[3], TEASER);
    headings.forEach(function (heading) { add(number, heading[1], HEADING * Math.min(1, 6 / headings.length)); });
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
  INDEX.common.split(" ").forEach(function (word) { common[stem(word)] = true; });
  INDEX.crisis.forEach(function (entry) {
    var unless = map();
    entry[2].forEach(function (text) { words(text).forEach(function (word) { unless[stem(word)] = true; }); });
    entry[0].forEach(function (text) { crisis.push(alarm(text, entry[1], unless, entry[3], entry[4])); });
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
  var key = stem(word);
  return ignored[word] || postings[key] || meanings[key] || common[key];
}

/* What a typed word may be: stems of the index, each with how sure that is. */
function readings(token) {
  var found = map();
  function take(other, sure) { found[other] = Math.max(found[other] || 0, sure); }
  if (postings[token.stem]) take(token.stem, SAME);
  (meanings[token.stem] || []).forEach(function (other) { if (postings[other]) take(other, MEANT); });
  return found;
}

/* The words that begin as the last one typed does, which may not be whole yet. */
function begun(token) {
  var found = map();
  if (token.word.length < 3) return found;
  Object.keys(postings).forEach(function (key) {
    if (key.indexOf(token.stem) === 0 || spellings[key].indexOf(token.word) === 0) found[key] = BEGUN;
  });
  return found;
}

/* The words of the index that are spelled most like one that is not there. */
function corrections(token) {
  var word = token.word, best = 2, found = [];
  if (!slips(word.length) || foreign(word)) return found;
  Object.keys(spellings).forEach(function (key) {
    var other = spellings[key], most = Math.min(best, slips(Math.max(word.length, other.length)));
    if (other.length < 4) return;
    var far = Math.min(distance(word, other, most), distance(token.stem, key, most) + 0.1);
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
  if (phrase.foreign) return query.joined.indexOf(phrase.joined) >= 0 ? SAME : 0;
  for (from = 0; from < tokens.length; from++) {
    at = from - 1;
    next = 0;
    sure = 1;
    while (next < all.length) {
      here = alike(tokens[at + 1], phrase, next, long && sure === SAME);
      at += 1;
      if (!here && next) {
        here = alike(tokens[at + 1], phrase, next, long && sure === SAME);
        at += 1;
      }
      if (!here) break;
      sure = Math.min(sure, here);
      next += 1;
    }
    if (next === all.length) return sure;
  }
  return query.runs.some(function (run) { return miswritten(run, phrase); }) ? CORRECTED : 0;
}

/*
 * A word that the guide knows is taken for a slip in one place of a long phrase alone ("i dot want to live"), and a little
 * word never: "can i go on" is not "can't go on".
 */
function alike(token, phrase, which, slack) {
  if (!token) return 0;
  var word = phrase.words[which], key = phrase.stems[which], most = slips(word.length);
  if (token.word === word) return SAME;
  /* Without its ending, a short word alone may be another: "rap". */
  if (token.stem === key && !phrase.exact && (phrase.words.length > 1 || key.length > 3)) return SAME;
  if (ignored[token.word] || phrase.exact) return 0;
  if ((meanings[token.stem] || []).indexOf(key) >= 0) return MEANT;
  if (token.known && !slack) return 0;
  if (token.last && token.word.length > 4 && word.indexOf(token.word) === 0) return BEGUN;
  if (phrase.words.length === 1) return slipped(token.word, word) ? CORRECTED : 0;
  if (word.length > 4 && token.word.indexOf(word) >= 0) return CORRECTED;
  var far = distance(token.word, word, most);
  return far <= most ? CORRECTED - far / 10 : 0;
}

/*
 * Nothing beside a single word says what was meant: "prison" is not "poison", nor "blessing" "bleeding". So two slips
 * count only in a long word, or where the letters are the same but for one.
 */
function slipped(typed, word) {
  if (word.length < 6 || typed[0] !== word[0]) return false;
  if (typed.indexOf(word) >= 0) return true;
  var far = distance(typed, word, 2);
  if (word.length > 9) return far <= 2;
  return word.length > 6 && far <= 1 || far <= (word.length > 7 ? 2 : 1) && unlike(typed, word) <= 1;
}

/* How many letters one word has and the other has not. */
function unlike(a, b) {
  var left = b.split(""), lacking = a.split("").filter(function (letter) {
    var at = left.indexOf(letter);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return lacking.length + left.length;
}

/* The words of a phrase written together or apart. Written word by word, each was compared with its own. */
function miswritten(run, phrase) {
  var joined = phrase.joined, most = !run.unknown || joined.length < 7 ? 0 : joined.length < 12 ? 1 : 2;
  if (joined.length > 4 && run.text === joined) return true;
  return most > 0 && !phrase.exact && run.count !== phrase.count && distance(run.text, joined, most) <= most;
}

/* Neighbors of the query as one word: "over dose", and where one of them is unknown, "kil my self". */
function runs(tokens) {
  var found = [], from, to, text, unknown;
  for (from = 0; from < tokens.length; from++) {
    text = "";
    unknown = false;
    for (to = from; to < Math.min(tokens.length, from + 5); to++) {
      text += tokens[to].word;
      unknown = unknown || !tokens[to].known;
      found.push({ text: text, count: to - from + 1, unknown: unknown });
    }
  }
  return found;
}

/* Whether a phrase of a crisis means what it means elsewhere: not in "passed out of network". */
function meant(phrase, query) {
  if (phrase.alone && query.telling > phrase.telling) return false;
  if (phrase.little && !query.typed.some(function (token) { return phrase.little.indexOf(token.word) >= 0; })) return false;
  return !query.typed.some(function (token) { return phrase.unless[token.stem]; });
}

function search(typed) {
  var text = typed.slice(0, MOST_TYPED), list = words(text), open = /[\p{L}\p{N}]$/u.test(text);
  var telltale = telling(list);
  function token(word, which, all) {
    return { word: word, stem: stem(word), known: !!known(word), last: open && which === all.length - 1 };
  }
  var query = { typed: list.map(token), tokens: telltale.map(token), joined: "" };
  query.joined = folded(text).replace(/[^\p{L}\p{N}]/gu, "");
  query.runs = runs(query.typed);
  query.telling = Object.keys(telltale.reduce(function (seen, word) { seen[word] = 1; return seen; }, map())).length;
  var cards = [];
  crisis.forEach(function (each) {
    var sure = meant(each, query) && stands(each, query) * each.joined.length;
    if (sure) cards[each.card] = Math.max(cards[each.card] || 0, sure);
  });
  var shown = Object.keys(cards).sort(function (a, b) { return cards[b] - cards[a]; }).slice(0, 2).map(card);

  var instead = map(), corrected = 0;
  /* Below a card stands what was asked for, not what a word may stand for or become. */
  query.crisis = shown.length > 0;
  var found = query.tokens.map(function (token) {
    var same = readings(token);
    return token.last && !query.crisis && !Object.keys(same).length ? begun(token) : same;
  });
  var nothing = !found.some(function (each) { return Object.keys(each).length; });
  found.forEach(function (each, which) {
    if (Object.keys(each).length || corrected === MOST_CORRECTED) return;
    corrected += 1;
    corrections(query.tokens[which]).forEach(function (word) {
      Object.keys(readings({ stem: stem(word) })).forEach(function (key) { each[key] = CORRECTED; });
      instead[query.tokens[which].word] = instead[query.tokens[which].word] || word;
    });
  });
  var coded = codes(text);
  var hits = coded.concat(ranked(query, found).slice(0, MOST_HITS).map(function (hit) { return result(hit, found); }));
  return {
    hits: shown.concat(hits),
    /* What each word asked for is on a page, for found.js. */
    stems: found.map(Object.keys).filter(function (each) { return each.length; }),
    instead: nothing && hits.length && !coded.length && !shown.length ? correction(list, instead) : "",
    lead: INDEX.words.instead.replace("{query}", function () { return text.trim(); }),
    said: said(shown, hits)
  };
}

/*
 * What is typed like a code of a published system, such as "F10.20", with or without its dot: what the guide has on it,
 * or on the nearest code above it.
 */
function codes(text) {
  var hits = [], seen = map();
  (text.toUpperCase().match(/\b[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?\b/g) || []).forEach(function (typed) {
    var whole = typed.replace(".", "");
    INDEX.codes.forEach(function (system) {
      var least = system[2] || whole.length, length, found, asked;
      for (length = whole.length; length >= least && !found; length -= 1) {
        found = system[3].filter(function (code) { return code[0].replace(".", "") === whole.slice(0, length); })[0];
      }
      var never = found && found.slice(2).some(function (code) { return whole.indexOf(code.replace(".", "")) === 0; });
      if (!found || never || seen[system[0] + found[0]]) return;
      seen[system[0] + found[0]] = true;
      /* After #, so that no server is told the code. */
      asked = "mainSearchCriteria.v.cs=" + system[0] + "&mainSearchCriteria.v.c=" + found[0];
      hits.push({
        at: INDEX.list + "#" + asked, kind: INDEX.words.code, title: [system[1] + " " + found[0] + ": " + found[1]],
        section: null, teaser: [""]
      });
    });
  });
  return hits;
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

/* A text in pieces: what was asked for stands at the odd places. */
function marked(text, found) {
  var pieces = [""];
  text.split(/([\p{L}\p{N}]+)/u).forEach(function (piece, which) {
    var key = which % 2 && stem(folded(piece));
    if (key && found.some(function (each) { return each[key]; })) pieces.push(piece, "");
    else pieces[pieces.length - 1] += piece;
  });
  return pieces;
}

function correction(typed, instead) {
  return typed.map(function (word) { return instead[word] || word; }).join(" ");
}

function card(which) {
  var entry = INDEX.cards[which];
  return { at: entry[0], name: entry[1], card: entry[2] };
}

/* What is said of the results to those who cannot see them. */
function said(cards, hits) {
  var count = cards.length + hits.length, names = cards.map(function (each) { return each.name + ". "; }).join("");
  return names + INDEX.words[count > 1 ? "other" : count ? "one" : "none"].replace("#", count);
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

function result(hit, found) {
  var document = hit.document, heading = document.kind || hit.anchor ? null : section(document, found);
  var anchor = hit.anchor || (heading ? heading[0] : "");
  return {
    at: document.at + (anchor ? "#" + anchor : ""),
    kind: document.kind ? INDEX.words[document.kind] : "",
    title: marked(document.title, found),
    section: heading ? marked(heading[1], found) : null,
    teaser: marked(document.teaser, found)
  };
}

/* ---- Where it runs ---- */

function answer(words) {
  if (!total) read();
  return search(words);
}

if (typeof document === "undefined") {
  self.onmessage = function (event) {
    var found = null;
    /* The next words may have an answer. */
    try { found = answer(event.data); } catch (error) { self.console.error(error); }
    self.postMessage({ words: event.data, found: found });
  };
} else {
  window.guideSearch = answer;
}
})();
