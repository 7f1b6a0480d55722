"use strict";
// Starts the page of the contract. A file of its own, because the pages allow no script that stands in them.

// The library draws a main landmark of its own: what stands beside it is named, and its heads follow ours.
function named() {
  for (const [where, name] of [[".information-container", "About the contract"], [".scheme-container", "Server and signing in"]]) {
    const part = document.querySelector(`#contract ${where}`);
    part?.setAttribute("role", "region");
    part?.setAttribute("aria-label", name);
  }
  document.querySelector("#contract #servers")?.setAttribute("aria-label", "Server");
  document.querySelectorAll("#contract h3.opblock-tag").forEach((head) => head.setAttribute("aria-level", "2"));
}

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("contract");
  window.SwaggerUIBundle({
    domNode: place,
    url: place.dataset.schema,
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    validatorUrl: null,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    onComplete: () => requestAnimationFrame(named),
    requestInterceptor: (request) => {
      const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
      if (token) request.headers["X-CSRFToken"] = token[1];
      return request;
    },
  });
});
