/* Asks, while the page is in sight, for a newer version than the one it shows, and loads that. */
function livereload(version) {
  var request, timer;
  function ask() {
    stop();
    request = new XMLHttpRequest();
    request.onloadend = function () {
      if (this.status === 200 && Number(this.responseText) > version) {
        location.reload();
      } else {
        timer = setTimeout(ask, this.status === 200 ? 0 : 1000);
      }
    };
    request.open("GET", "/livereload/" + version);
    request.send();
  }
  function stop() {
    if (request) {
      request.onloadend = null;
      request.abort();
    }
    clearTimeout(timer);
  }
  function follow() {
    if (document.visibilityState === "visible") {
      ask();
    } else {
      stop();
    }
  }
  addEventListener("load", follow);
  addEventListener("visibilitychange", follow);
  addEventListener("beforeunload", stop);
}
