/* For pages that show parts of our guide in frames: gives each frame the height it asks for, shows the top of a
   page that a reader opens in a frame, and tells the frame what your clinic says of itself. It does nothing else. */
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
    frame.style.height = Math.min(Math.max(Math.ceil(height), 100), 100000) + edge + "px";
  }

  /* What stands on the frame's element: data-clinic-name, -phone, -after-hours, -crisis and -url. No address holds it, so
     no server hears of it. Our page in the frame decides what of it is fit to be shown. */
  function clinic(frame) {
    var said = {};
    ["name", "phone", "after-hours", "crisis", "url"].forEach(function (field) {
      var value = frame.getAttribute("data-clinic-" + field);
      if (value) said[field] = value;
    });
    return said;
  }

  /* The page named by the frame's address is ours, and gets a key. The next one is ours if this one says so first:
     what came into a frame in any other way has no key, and is not listened to. */
  function state(frame) {
    if (!frame.guide || frame.guide.src !== frame.src) {
      var key = Array.prototype.join.call(crypto.getRandomValues(new Uint32Array(4)), "-");
      frame.guide = { src: frame.src, key: key, open: true, sent: false, led: false };
    }
    return frame.guide;
  }

  function heard(frame, said) {
    var known = state(frame);
    var met = said.key === known.key;
    if (!met && !(known.open && said.guide === "height")) return;
    if (said.guide === "next") {
      known.open = known.led = true;
      return;
    }
    known.heights = [said.height, typeof said.paper === "number" ? Math.max(said.paper, said.height) : said.height];
    fit(frame, said.height);
    if (met) {
      if (known.sent) known.open = known.sent = false;
      return;
    }
    if (known.led && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
    known.led = false;
    /* A page that is left before the key arrives never says it, and the next one is as new. */
    known.sent = true;
    frame.contentWindow.postMessage({ guide: "key", key: known.key, clinic: clinic(frame) }, "*");
  }

  window.addEventListener("message", function (event) {
    var said = event.data || {};
    var high = said.guide === "height" && typeof said.height === "number" && said.height > 0 && said.height < 1e6;
    if (!high && said.guide !== "next") return;
    ours().forEach(function (frame) {
      if (frame.contentWindow === event.source && event.origin === (opaque(frame) ? "null" : base.origin)) heard(frame, said);
    });
  });

  /* Paper is narrower than most screens: the same words are higher there. */
  ["afterprint", "beforeprint"].forEach(function (name, index) {
    window.addEventListener(name, function () {
      ours().forEach(function (frame) { if (frame.guide && frame.guide.heights) fit(frame, frame.guide.heights[index]); });
    });
  });

  /* Frames that were there before this script have already spoken: ask again. */
  ours().forEach(function (frame) { frame.contentWindow.postMessage("guide-height", "*"); });
})();
