/* Words as the search compares them: of a query, of its index, and of the page that a result opens. */
var guideWords = {
  folded: function (text) {
    return text.normalize("NFKD").toLowerCase().replace(/[\p{M}'\u2018\u2019]/gu, "").replace(/\u0111/g, "d");
  },

  /* A word without its ending. */
  stem: function (word) {
    if (word.length < 4 || /\d/.test(word)) return word;
    word = word.replace(/ies$/, "y").replace(/([^sui])s$/, "$1").replace(/sses$/, "ss");
    if (word.length > 4) word = word.replace(/([aeiouy].*)(ing|ed)$/, "$1");
    return word.replace(/([^aeiouls])\1$/, "$1").replace(/e$/, "").replace(/y$/, "i");
  }
};
