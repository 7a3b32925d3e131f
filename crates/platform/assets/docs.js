"use strict";

// Draws the description of the API. The session's form token goes along, so that "Execute" works for whoever
// is signed in.
(function () {
  const viewer = document.getElementById("viewer");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  follow();
  dark.addEventListener("change", follow);

  const formToken = () => {
    const pair = document.cookie.split("; ").find((cookie) => cookie.startsWith("csrftoken="));
    return pair ? pair.slice("csrftoken=".length) : "";
  };

  window.SwaggerUIBundle({
    url: viewer.dataset.schema,
    domNode: viewer,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    validatorUrl: null,
    requestInterceptor: (request) => {
      const token = formToken();
      const isOwn = new URL(request.url, window.location.href).origin === window.location.origin;
      if (token && isOwn) {
        request.headers["X-CSRFToken"] = token;
      }
      return request;
    },
  });
})();
