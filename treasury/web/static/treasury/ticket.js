// The trade ticket: what is typed is kept as a draft and said back, and another kind needs no reload.
"use strict";
(() => {
  const form = document.getElementById("ticket");
  if (!form) return;
  const status = document.getElementById("ticket_kept");
  const kind = () => form.elements.namedItem("kind")?.value;
  let fieldsOf = kind();
  // One request at a time: one that is given up goes on at the server, which could keep it over a newer one.
  let waits = null;
  let working = null;
  const ask = async (body, what) => {
    body.set("do", what);
    const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const renew = (page, id) => {
    const here = document.getElementById(id);
    const there = page.getElementById(id);
    if (here && there) here.replaceChildren(...there.childNodes);
  };
  // Fields of another kind: what was typed since they were asked for stays, and so does the place where somebody types.
  const renewFields = (page, body) => {
    const typed = [...form.elements].filter(({ name, value }) => name && value !== (body.get(name) ?? ""));
    const here = document.activeElement?.name;
    renew(page, "ticket_fields");
    for (const { name, value } of typed) {
      const field = form.elements.namedItem(name);
      if (field?.matches?.("#ticket_fields input:not([type=hidden])")) field.value = value;
    }
    if (document.activeElement === document.body && here) form.elements.namedItem(here)?.focus?.();
  };
  const show = (page, body, ticks) => {
    if (kind() !== fieldsOf) {
      renewFields(page, body);
      fieldsOf = kind();
    } else for (const said of form.querySelectorAll("[id$=_said]")) {
      renew(page, said.id);
      said.closest(".field")?.classList.toggle("wrong", Boolean(said.querySelector(".wrong-words")));
    }
    renew(page, "ticket_refused");
    if (!ticks) renew(page, "ticket_preview");
    renew(page, "ticket_kept");
  };
  const work = async () => {
    while (waits) {
      const { ticks } = waits;
      waits = null;
      const body = new FormData(form);
      try {
        const page = await ask(body, kind() === fieldsOf ? "keep" : "kind");
        // What was changed meanwhile is asked again, and shown with it.
        if (!waits) show(page, body, ticks);
      } catch {
        status.textContent = "Not kept: the server does not answer. Go on, or try again.";
      }
    }
    working = null;
  };
  form.addEventListener("change", ({ target }) => {
    waits = { ticks: target.id === "in_is_another" };
    working ??= work();
  });
  document.getElementById("ticket_kind")?.remove();
  let sent = false;
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value !== "send") return;
    if (sent || working) event.preventDefault();
    if (sent) return;
    sent = true;
    if (!working) return;
    // A draft that is on its way would be kept again after the trade was sent.
    const { submitter } = event;
    await working;
    sent = false;
    form.requestSubmit(submitter);
  });
  window.addEventListener("pageshow", () => { sent = false; });
})();
