/* "Leave this site quickly": this page goes at once, and Back does not lead to it. Without this script it is a link. */
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-guide-leave]");
    if (!link) return;
    event.preventDefault();
    document.body.hidden = true;
    document.title = link.hostname;
    location.replace(link.href);
  });
})();
