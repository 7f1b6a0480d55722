// Rows that are ticked: the bar says how many, ticks all of the page, and `x` ticks the row that has the focus.
"use strict";
(() => {
  for (const bar of document.querySelectorAll("form[data-selection]")) {
    const boxes = () => [...bar.elements].filter((one) => one.name === "row");
    const every = bar.querySelector("[data-every]");
    const count = bar.querySelector("output");
    const said = every?.textContent;
    const show = () => {
      const all = boxes(), chosen = all.filter((one) => one.checked).length;
      bar.classList.toggle("idle", !chosen);
      count.textContent = chosen ? `${chosen} of ${all.length} chosen` : "";
      if (every) every.textContent = chosen === all.length ? "Choose none" : said;
      for (const box of all) box.closest("tr").classList.toggle("chosen", box.checked);
    };
    every?.addEventListener("click", (event) => {
      event.preventDefault();
      const all = boxes(), some = all.some((one) => !one.checked);
      for (const box of all) box.checked = some;
      show();
    });
    document.addEventListener("change", (event) => { if (event.target.form === bar) show(); });
    show();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "x" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, summary")) return;
    const row = event.target.closest("tr");
    const box = (row || document).querySelector("input[name=row][type=checkbox]");
    if (!box) return;
    event.preventDefault();
    if (row) box.click();
    else box.focus();
  }, true); // before the keys that lead to other pages: `x` is one of them
})();
