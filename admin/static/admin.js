// Small comforts. Every page works without them.

// A doubled press sends a form once. The server does not rely on it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A page whose form answers with a file stays, and the file may be asked for again.
  if ("download" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.querySelectorAll("button[type=submit], button:not([type])").forEach((button) => button.setAttribute("aria-disabled", "true"));
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

// Live figures: <div data-stream="/address"> is filled anew whenever the server sends it; with data-stream-reload the
// whole page is shown anew at the end.
document.querySelectorAll("[data-stream]").forEach((place) => {
  const source = new EventSource(place.dataset.stream);
  const note = document.querySelector("[data-stream-note]");
  const tell = (text) => {
    if (note) note.textContent = text;
  };
  source.addEventListener("figures", (event) => {
    place.innerHTML = JSON.parse(event.data);
    tell("Обновляется само");
  });
  source.addEventListener("finished", () => {
    source.close();
    tell("");
    if ("streamReload" in place.dataset) location.reload();
  });
  source.addEventListener("error", () => tell("Связь прервалась, пробуем снова"));
  window.addEventListener("pagehide", () => source.close());
});

// The second factor: <form data-wait="/address"> is sent when the server says that there is an answer.
document.querySelectorAll("form[data-wait]").forEach((form) => {
  const source = new EventSource(form.dataset.wait);
  source.addEventListener("decided", () => {
    source.close();
    form.requestSubmit();
  });
  window.addEventListener("pagehide", () => source.close());
});

// How many people a form's conditions reach: <form data-count="/address"> tells it in [data-count-line].
document.querySelectorAll("form[data-count]").forEach((form) => {
  const line = form.querySelector("[data-count-line]");
  let timer;
  let latest = 0;
  const refresh = async () => {
    const asked = ++latest;
    const query = new URLSearchParams(new FormData(form));
    ["form_token", "form_id", "title", "help_contact"].forEach((name) => query.delete(name));
    const answer = await fetch(`${form.dataset.count}?${query}`, { headers: { Accept: "text/plain" } });
    if (answer.ok && asked === latest) line.textContent = await answer.text();
  };
  form.querySelectorAll("[data-count-button]").forEach((button) => (button.hidden = true));
  form.addEventListener("change", (event) => {
    if (!event.target.closest("[data-audience]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => refresh().catch(() => {}), 250);
  });
});

// After an error the first wrong field has the focus.
document.querySelector("[aria-invalid=true]")?.focus();
