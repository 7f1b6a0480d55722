// Keys: links with `data-key` are followed, `/` searches, `?` lists the keys. None acts while somebody types.
"use strict";
(() => {
  const TYPED = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
  const PATIENCE = 1200; // milliseconds between two letters of one key
  let before = "", since = 0;
  const shown = (link) => link.getClientRects().length > 0;
  function follow(key) {
    const links = [...document.querySelectorAll("a[data-key]")].filter((link) => link.dataset.key === key);
    const link = links.find(shown) || links[0];
    if (link) window.location.assign(link.href);
    return Boolean(link);
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(TYPED)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      const search = document.getElementById("search");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
      return;
    }
    const keys = document.getElementById("keys");
    if (event.key === "?") {
      if (keys && !keys.open) { event.preventDefault(); keys.showModal(); }
      return;
    }
    if (event.key.length !== 1) return;
    const now = event.timeStamp; // when it was pressed, not when a busy page comes to it
    const both = now - since < PATIENCE ? `${before} ${event.key}` : "";
    before = event.key;
    since = now;
    if ((both && follow(both)) || follow(event.key)) { event.preventDefault(); before = ""; }
  });
})();
