// Writing an announcement: a toolbar that puts marks around what is selected, and the message as a phone shows it.
// The form works without any of this.
(() => {
  const text = document.querySelector("textarea[data-marks]");
  if (!text) return;
  const form = text.form;
  const PAIRS = { bold: "**", italic: "__", underline: "++", strike: "~~", code: "`" };
  const KEYS = { KeyB: "bold", KeyI: "italic", KeyU: "underline", KeyK: "link", "Shift+KeyX": "strike", "Shift+KeyM": "code" };

  // Typed in as if by hand, so that Ctrl+Z takes it back; browsers that do not know how get it put in directly.
  const put = (words, from, to) => {
    text.focus();
    text.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, words)) {
      text.setRangeText(words, from, to, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  // The selection without the spaces around it: a mark beside a space would be no mark.
  const selected = () => {
    let [from, to] = [text.selectionStart, text.selectionEnd];
    while (from < to && /\s/.test(text.value[from])) from += 1;
    while (to > from && /\s/.test(text.value[to - 1])) to -= 1;
    return [from, to];
  };

  const around = (mark) => {
    const [from, to] = selected();
    const words = text.value.slice(from, to);
    const outside = text.value.slice(from - mark.length, from) === mark && text.value.slice(to, to + mark.length) === mark;
    if (outside && from >= mark.length) {
      put(words, from - mark.length, to + mark.length);
      text.setSelectionRange(from - mark.length, to - mark.length);
      return;
    }
    put(mark + words + mark, from, to);
    text.setSelectionRange(from + mark.length, to + mark.length);
  };

  const link = () => {
    const [from, to] = selected();
    const words = text.value.slice(from, to) || "слова";
    put(`[${words}](https://)`, from, to);
    const place = from + words.length + 3 + "https://".length;
    text.setSelectionRange(place, place);
  };

  const quote = () => {
    const from = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    const end = text.value.indexOf("\n", text.selectionEnd);
    const to = end < 0 ? text.value.length : end;
    const lines = text.value.slice(from, to).split("\n");
    const quoted = lines.every((line) => line.startsWith("> "));
    put(lines.map((line) => (quoted ? line.slice(2) : `> ${line}`)).join("\n"), from, to);
  };

  const use = (tool) => {
    if (tool === "link") link();
    else if (tool === "quote") quote();
    else around(PAIRS[tool]);
  };

  const toolbar = document.querySelector("[data-toolbar]");
  toolbar.hidden = false;
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (button) use(button.dataset.tool);
  });
  text.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const tool = KEYS[(event.shiftKey ? "Shift+" : "") + event.code];
    if (!tool) return;
    event.preventDefault();
    use(tool);
  });

  // What the server makes of the form as it stands, put where the page shows it.
  const file = form.querySelector("input[type=file]");
  let picture = "";
  const show = (html) => {
    const answer = document.createElement("template");
    answer.innerHTML = html;
    answer.content.querySelectorAll("[data-part]").forEach((part) => {
      const place = document.querySelector(`[data-shows=${part.dataset.part}]`);
      if (place.innerHTML !== part.innerHTML) place.innerHTML = part.innerHTML;
    });
    const photo = document.querySelector("[data-picked]");
    if (!photo || !picture) return;
    photo.src = picture;
    photo.hidden = false;
    document.querySelector("[data-picked-name]").hidden = true;
  };
  let timer;
  let latest = 0;
  const refresh = async () => {
    const asked = ++latest;
    const body = new FormData(form);
    body.delete("attachment");
    if (file?.files.length) body.set("picked", file.files[0].name);
    const answer = await fetch(form.dataset.preview, { method: "POST", body });
    if (answer.ok && asked === latest) show(await answer.text());
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => refresh().catch(() => {}), 300);
  };
  form.querySelectorAll("[data-preview-button]").forEach((button) => (button.hidden = true));
  form.addEventListener("input", (event) => {
    if (!event.target.closest("[data-audience]")) soon();
  });
  file?.addEventListener("change", () => {
    picture = "";
    soon();
    const chosen = file.files[0];
    if (!chosen?.type.startsWith("image/")) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      picture = reader.result;
      soon();
    });
    reader.readAsDataURL(chosen);
  });
  // A link in the preview would lead away from what is being written.
  document.querySelector("[data-shows=bubble]").addEventListener("click", (event) => {
    if (event.target.closest("a")) event.preventDefault();
  });

  // Lines for further buttons appear one by one.
  const more = form.querySelector("[data-more-links]");
  const spare = () => form.querySelectorAll("[data-spare][hidden]");
  form.querySelectorAll("[data-spare]").forEach((line) => (line.hidden = true));
  more.hidden = !spare().length;
  more.addEventListener("click", () => {
    const [line] = spare();
    line.hidden = false;
    line.querySelector("input").focus();
    more.hidden = !spare().length;
  });
})();
