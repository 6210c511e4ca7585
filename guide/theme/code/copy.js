/* A button on each block of code that copies it. Without this script, readers select the text themselves. */
(function () {
  "use strict";

  var model = document.getElementById("guide-code-copy");
  var status = document.getElementById("guide-code-said");
  if (!model || !status) return;
  /* How long a button says what it has done, in milliseconds. */
  var SHOWN = 3000;

  function offer(code) {
    var button = model.content.firstElementChild.cloneNode(true);
    var name = button.textContent;
    var timer = 0;

    /* The button says it for the eyes, the status for screen readers. */
    function say(what) {
      button.textContent = button.getAttribute("data-" + what);
      status.textContent = status.getAttribute("data-" + what);
      clearTimeout(timer);
      timer = setTimeout(function () {
        button.textContent = name;
        status.textContent = "";
      }, SHOWN);
    }

    /* Older browsers, and addresses without encryption, have no clipboard for scripts. */
    function bySelection() {
      var done = false;
      getSelection().selectAllChildren(code);
      try { done = document.execCommand("copy"); } catch (error) { /* It stays selected. */ }
      if (done) getSelection().removeAllRanges();
      say(done ? "done" : "failed");
    }

    button.addEventListener("click", function () {
      if (!navigator.clipboard) return bySelection();
      navigator.clipboard.writeText(code.textContent.replace(/\n$/, "")).then(function () { say("done"); }, bySelection);
    });
    code.parentNode.append(button);
  }

  document.querySelectorAll(".guide-text pre > code").forEach(offer);
})();
