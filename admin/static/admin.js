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

// Whom something is for: a [data-audience] asks its address in data-count how many its choices reach and shows the
// answer in [data-count-line]; it takes what is saved, keeps what is chosen, and narrows long lists. A [data-counts]
// elsewhere in the form counts too.
document.querySelectorAll("[data-with-scripts]").forEach((part) => (part.hidden = false));
document.querySelectorAll("[data-audience][data-count]").forEach((place) => {
  const line = place.querySelector("[data-count-line]");
  const beside = [...place.closest("form").querySelectorAll("[data-counts]")];
  const chosen = () => {
    const query = new URLSearchParams();
    [...place.querySelectorAll("[name]:is(input, select)"), ...beside].forEach((field) => {
      if (field.value && (field.checked || !["checkbox", "radio"].includes(field.type))) query.append(field.name, field.value);
    });
    return query;
  };
  let timer;
  let latest = 0;
  const refresh = async () => {
    const asked = ++latest;
    const answer = await fetch(`${place.dataset.count}?${chosen()}`);
    if (answer.ok && asked === latest) line.innerHTML = await answer.text();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => refresh().catch(() => {}), 250);
  };
  // Beside each heading what is chosen there, so that a closed group tells it too.
  const tell = (group) => {
    const labels = [...group.querySelectorAll("input:checked")].filter((one) => one.value).map((one) => one.parentElement.textContent.trim());
    group.querySelectorAll("select").forEach((one) => one.value && labels.push(one.selectedOptions[0].textContent));
    group.querySelector("[data-told]").textContent = labels.length > 2 ? `отмечено: ${labels.length}` : labels.join(", ");
  };
  place.querySelectorAll("[data-count-button]").forEach((button) => (button.hidden = true));
  place.addEventListener("change", (event) => {
    const group = event.target.closest(".audience-part");
    if (group) tell(group);
    if (event.target.name) soon();
  });
  beside.forEach((field) => field.addEventListener("change", soon));
  place.addEventListener("input", (event) => {
    if (!("narrow" in event.target.dataset)) return;
    const plain = (text) => text.toLowerCase().replaceAll("ё", "е");
    const words = plain(event.target.value).split(/\s+/).filter(Boolean);
    event.target.closest("fieldset").querySelectorAll(".choices label").forEach((label) => {
      label.hidden = !words.every((word) => plain(label.textContent).includes(word));
    });
  });

  const saved = place.querySelector("[data-choices]");
  place.querySelector("[data-apply]")?.addEventListener("click", async () => {
    if (!saved.value) return;
    const answer = await fetch(`${saved.dataset.choices}&saved=${saved.value}`);
    if (!answer.ok) return;
    const here = place.querySelector("[data-chosen-here]");
    here.innerHTML = await answer.text();
    here.querySelectorAll("[data-with-scripts]").forEach((part) => (part.hidden = false));
    soon();
  });

  const keep = place.querySelector("[data-save]");
  const button = keep?.querySelector("[data-save-button]");
  const title = keep?.querySelector("input[type=text]");
  button?.addEventListener("click", async () => {
    const body = chosen();
    body.set("form_token", place.closest("form").elements.form_token.value);
    body.set("title", title.value);
    if (keep.querySelector("input[type=checkbox]").checked) body.set("shared", "yes");
    const answer = await fetch(keep.dataset.save, { method: "POST", body });
    if (answer.ok || answer.status === 422) keep.querySelector("[data-save-note]").innerHTML = await answer.text();
  });
  // Enter here keeps the audience; the form around it is another matter.
  title?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    button.click();
  });
});

// After an error the first wrong field has the focus.
document.querySelector("[aria-invalid=true]")?.focus();
