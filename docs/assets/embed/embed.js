/* For pages that show parts of our guide in frames: gives each frame the height it asks for, and does nothing else. */
(function () {
  "use strict";

  var script = document.currentScript;
  if (!script || !script.src) return;
  var base = new URL(".", script.src);

  function ours() {
    return Array.prototype.filter.call(document.getElementsByTagName("iframe"), function (frame) {
      return frame.src.indexOf(base.href) === 0 && frame.contentWindow;
    });
  }

  /* A sandboxed frame has no origin that could be compared. */
  function opaque(frame) {
    return frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
  }

  function fit(frame, height) {
    var edge = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
    frame.style.height = Math.min(Math.max(Math.ceil(height), 100), 30000) + edge + "px";
  }

  window.addEventListener("message", function (event) {
    var said = event.data && event.data.guide === "height" ? event.data : {};
    if (typeof said.height !== "number" || !(said.height > 0 && said.height < 1e6)) return;
    ours().forEach(function (frame) {
      if (frame.contentWindow !== event.source) return;
      if (event.origin !== (opaque(frame) ? "null" : base.origin)) return;
      fit(frame, said.height);
      var paper = typeof said.paper === "number" && said.paper > said.height ? said.paper : said.height;
      frame.guideHeights = [said.height, paper];
    });
  });

  /* Paper is narrower than most screens: the same words are higher there. */
  ["afterprint", "beforeprint"].forEach(function (name, index) {
    window.addEventListener(name, function () {
      ours().forEach(function (frame) { if (frame.guideHeights) fit(frame, frame.guideHeights[index]); });
    });
  });

  /* Frames that were there before this script have already spoken: ask again. */
  ours().forEach(function (frame) { frame.contentWindow.postMessage("guide-height", "*"); });
})();
