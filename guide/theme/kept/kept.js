/*
 * What this browser keeps of the guide: shows it, and removes all of it; and keeps a copy of the guide for those who ask.
 * Loaded only on the page that offers this.
 */
(function () {
  "use strict";

  var block = document.getElementById("guide-kept");
  if (!block) return;
  var status = block.querySelector(".guide-kept__status");
  var clear = document.getElementById("guide-kept-clear");
  var offline = document.getElementById("guide-offline");
  var said = offline.querySelector("[role=status]");
  var button = offline.querySelector("button");
  var worker = new URL(block.getAttribute("data-worker"), location.href).href;
  var root = new URL("./", worker).href;
  /* What can keep a copy; null where the browser allows none, and some of them refuse even to be looked at. */
  var workers = null;
  var copies = null;
  /* When the copy was saved; empty if there is none. */
  var saved = "";
  var busy = false;

  function names() {
    try {
      return Object.keys(localStorage).filter(function (key) { return key.indexOf("guide-") === 0; });
    } catch (error) {
      return [];
    }
  }

  var records = Array.from(block.querySelectorAll("[data-kept-key]"));

  function keyOf(item) { return item.getAttribute("data-kept-key"); }

  function kind(key) { return { "guide-clinic": "clinic", "guide-scheme": "colors" }[key] || "other"; }

  function show() {
    var keys = names();
    records.forEach(function (item) { item.hidden = keys.indexOf(keyOf(item)) < 0; });
    var listed = records.map(keyOf);
    var kinds = keys.filter(function (key) { return listed.indexOf(key) < 0; }).map(kind);
    if (saved) kinds.push("offline");
    block.querySelectorAll("[data-kept]").forEach(function (item) {
      item.hidden = kinds.indexOf(item.getAttribute("data-kept")) < 0;
    });
    var some = keys.length > 0 || Boolean(saved);
    var now = status.getAttribute(some ? "data-some" : "data-none");
    if (status.textContent !== now) status.textContent = now;
    clear.hidden = !some;
  }

  /* ---- The copy ---- */

  function say(what) {
    var day = saved && new Date(saved)
      .toLocaleDateString(document.documentElement.lang, { year: "numeric", month: "long", day: "numeric" });
    said.textContent = said.getAttribute("data-" + what).replace("{day}", day);
    button.textContent = button.getAttribute(saved ? "data-remove" : "data-keep");
    offline.hidden = false;
    button.hidden = what === "refused";
  }

  /* The worker of this guide, also where another page of the host has one of its own. */
  function registration() {
    return workers.getRegistration(root).then(function (found) {
      return found && found.scope === root ? found : null;
    });
  }

  function look() {
    return registration().then(function (found) {
      return found && found.active ? copies.match(root) : null;
    }).then(function (page) {
      saved = page ? page.headers.get("Guide-Saved") : "";
      show();
    });
  }

  function removeCopy() {
    return registration().then(function (found) {
      return found && found.unregister();
    }).then(function () {
      return copies.keys();
    }).then(function (keys) {
      return Promise.all(keys.filter(function (key) {
        return key.indexOf("guide-offline " + root + " ") === 0;
      }).map(function (key) { return copies.delete(key); }));
    }).then(look);
  }

  function whole(found) {
    var coming = found.installing || found.waiting || found.active;
    return new Promise(function (resolve, reject) {
      function changed() {
        if (coming.state === "activated") resolve();
        if (coming.state === "redundant") reject(new Error("failed"));
      }
      coming.addEventListener("statechange", changed);
      changed();
    });
  }

  /* A worker saves when it is new. One that is still there, without its copy, is asked to. */
  function again(active) {
    return new Promise(function (resolve, reject) {
      var channel = new MessageChannel();
      channel.port1.onmessage = function (event) {
        if (event.data) resolve();
        else reject(new Error("failed"));
      };
      active.postMessage("save", [channel.port2]);
    });
  }

  function keep() {
    say("saving");
    return workers.register(worker, { updateViaCache: "none" }).then(function (found) {
      return whole(found).then(look).then(function () {
        return saved || again(found.active).then(look);
      }).then(function () {
        say("saved");
      }, function () {
        return removeCopy().then(function () { say("failed"); });
      });
    }, function () { say("refused"); });
  }

  button.addEventListener("click", function () {
    if (busy) return;
    busy = true;
    (saved ? removeCopy().then(function () { say("what"); }) : keep()).then(function () { busy = false; });
  });

  records.forEach(function (item) {
    item.querySelector("[data-forget]").addEventListener("click", function () {
      localStorage.removeItem(keyOf(item));
      window.dispatchEvent(new Event("storage"));
      show();
      status.focus();
    });
  });

  clear.addEventListener("click", function () {
    names().forEach(function (key) { localStorage.removeItem(key); });
    /* The browser tells only other tabs: what else stands on this page looks again too. */
    window.dispatchEvent(new Event("storage"));
    (saved ? removeCopy().then(function () { say("what"); }) : Promise.resolve()).then(function () {
      show();
      status.textContent = status.getAttribute("data-removed");
      status.focus();
    });
  });

  try {
    workers = navigator.serviceWorker;
    copies = window.caches;
  } catch (error) {
    /* A page without an origin of its own. */
  }
  show();
  window.addEventListener("pageshow", show);
  window.addEventListener("storage", show);
  if (workers && copies) {
    look().then(function () { say(saved ? "saved" : "what"); }, function () { say("refused"); });
  } else {
    say("refused");
  }
})();
