/*
 * Keeps a copy of the guide in the browser of those who ask for it, on the page where they also remove it (kept.js).
 * The build puts before this what depends on the site: FILES (SHA-256, in hex, by address below this file), VERSION of
 * all that this file holds, AGE (what a page from the copy says), LANGUAGE.
 *
 * A new version of this file is a new copy. It is fetched whole beside the old one, each file is compared with FILES, and
 * only then does it take the old one's place: otherwise the browser drops it, and tries again later.
 */
var ROOT = new URL("./", self.location).href;
/* kept.js knows these names too. */
var COPIES = "guide-offline " + ROOT + " ";
var SAVED = "Guide-Saved";
var COPY = COPIES + VERSION;
/* How long a page waits for the network, in milliseconds. */
var PATIENCE = 4000;
var NAMED_BY_CONTENT = /\.[0-9a-f]{8}\./;

function has(name) {
  return Object.prototype.hasOwnProperty.call(FILES, name);
}

function hex(buffer) {
  return Array.prototype.map.call(new Uint8Array(buffer), function (byte) {
    return ("0" + byte.toString(16)).slice(-2);
  }).join("");
}

/* ---- Filling ---- */

function verified(name, how) {
  var answer, body;
  return fetch(ROOT + name, { cache: how }).then(function (found) {
    answer = found;
    return found.arrayBuffer();
  }).then(function (found) {
    body = found;
    return crypto.subtle.digest("SHA-256", body);
  }).then(function (digest) {
    if (hex(digest) !== FILES[name]) throw new Error("Not as it was built: " + name);
    var headers = new Headers(answer.headers);
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    return { body: body, headers: headers };
  });
}

function save(cache, name, now) {
  return verified(name, "no-cache").catch(function () {
    /* A host that goes by dates may have called an old file unchanged. */
    return verified(name, "reload");
  }).then(function (file) {
    file.headers.set(SAVED, now);
    return cache.put(ROOT + name, new Response(file.body, { headers: file.headers }));
  });
}

/* All of it or nothing. */
function fill() {
  var now = new Date().toISOString();
  return caches.open(COPY).then(function (cache) {
    return Promise.all(Object.keys(FILES).map(function (name) { return save(cache, name, now); }));
  }).catch(function (error) {
    return caches.delete(COPY).then(function () { throw error; });
  });
}

self.addEventListener("install", function (event) {
  event.waitUntil(fill().then(function () { return self.skipWaiting(); }));
});

self.addEventListener("message", function (event) {
  function tell(done) { event.ports[0].postMessage(done); }
  event.waitUntil(fill().then(function () { tell(true); }, function () { tell(false); }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) {
      return name.indexOf(COPIES) === 0 && name !== COPY;
    }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

/* ---- Answering ---- */

/* The page as it was saved, and when that was. */
function aged(answer) {
  var day = new Date(answer.headers.get(SAVED))
    .toLocaleDateString(LANGUAGE, { year: "numeric", month: "long", day: "numeric" });
  return answer.text().then(function (html) {
    var told = html.replace(/<main[^>]*>/, function (start) { return start + AGE.replace("{day}", day); });
    return new Response(told, { headers: answer.headers });
  });
}

function fromCopy(name) {
  return caches.match(ROOT + name, { cacheName: COPY }).then(function (answer) {
    return answer && /^text\/html/.test(answer.headers.get("Content-Type")) ? aged(answer) : answer;
  });
}

/* The network, unless it fails or takes too long and there is a copy. */
function fresh(request, name) {
  return new Promise(function (resolve) {
    /* A browser's own store may hold it too, and would not say how old it is. */
    var network = fetch(request, { cache: "no-cache" });
    function fall() {
      fromCopy(name).catch(function () { return null; }).then(function (found) { resolve(found || network); });
    }
    var timer = setTimeout(fall, PATIENCE);
    network.then(function (answer) {
      clearTimeout(timer);
      if (answer.status < 500) resolve(answer);
      else fall();
    }, function () {
      clearTimeout(timer);
      fall();
    });
  });
}

function stored(request, name) {
  return fromCopy(name).then(function (found) { return found || fetch(request); });
}

self.addEventListener("fetch", function (event) {
  var request = event.request, address = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || address.indexOf(ROOT) !== 0) return;
  var name = address.slice(ROOT.length).replace(/(^|\/)index\.html$/, "$1");
  if (has(name)) {
    event.respondWith(NAMED_BY_CONTENT.test(name) ? stored(request, name) : fresh(request, name));
  } else if (has(name + "/")) {
    event.respondWith(fetch(request).catch(function () { return Response.redirect(address + "/"); }));
  }
});
