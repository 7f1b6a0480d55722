// A form that takes a while says so, and can be given up: Cancel stops the server's work too, and then shows how it
// stands. Without script the page says that work is under way, with a button that does the same.
"use strict";
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-importing]");
  if (!form || form.dataset.sent) return;
  form.dataset.sent = "yes";
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", form.dataset.importing);
  line.append(bar, ` ${form.dataset.importing}. `);
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.textContent = "Cancel";
  cancel.addEventListener("click", () => giveUp(form, line));
  line.append(cancel);
  form.append(line);
});

async function giveUp(form, line) {
  window.stop();
  const address = form.dataset.importingStop;
  if (address) {
    line.textContent = "It is being stopped.";
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token } });
      window.location = answer.url;
      return;
    } catch {
      line.textContent = "The server does not answer. Load the page again to see how it stands.";
    }
  } else {
    line.remove();
  }
  delete form.dataset.sent;
}
