// One message → one list item.

import { element } from "./dom.js";
import { richText, safe } from "./richtext.js";

const clock = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });

export const dayOf = (message) => calendar.format(new Date(message.date * 1000));

// actions: {press(message, button, node), start(code), command(text), copy(text), botUsername}
export function bubble(message, answered, actions) {
  const author = message.from_bot ? "Бот" : "Вы";
  const body = element("div", { className: "bubble" }, element("span", { className: "hidden" }, `${author}: `));
  if (answered) body.append(element("p", { className: "quote" }, answered.text || "Вложение"));
  const words = message.text
    ? element("div", { className: "text" }, ...richText(message.text, message.entities, actions)) : null;
  const media = attachment(message);
  const parts = message.caption_above ? [words, media] : [media, words];
  body.append(...parts.filter(Boolean), meta(message));
  const item = element("li", { className: `message ${message.from_bot ? "from-bot" : "from-me"}` }, body);
  if (message.buttons.length) item.append(inlineKeyboard(message, actions));
  return item;
}

function meta(message) {
  const when = new Date(message.date * 1000);
  const time = element("time", { dateTime: when.toISOString() }, clock.format(when));
  return element("div", { className: "meta" }, message.edited ? "изменено " : "", time);
}

function attachment(message) {
  if (message.photo) {
    const { file_id: id, width, height } = message.photo;
    const alt = message.text ? `Картинка: ${message.text.slice(0, 120)}` : "Картинка";
    const image = element("img", { src: `/chat/files/${id}`, alt, width, height, loading: "lazy" });
    return element("a", { href: `/chat/files/${id}`, target: "_blank", rel: "noopener", className: "photo" }, image);
  }
  if (message.document) {
    const { file_id: id, name, size } = message.document;
    return element("a", { href: `/chat/files/${id}`, className: "document", download: name },
      element("span", { className: "sheet", ariaHidden: "true" }, "↓"),
      element("span", {}, element("strong", {}, name), element("small", {}, fileSize(size))));
  }
  return null;
}

function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} КБ`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} МБ`;
}

function inlineKeyboard(message, actions) {
  const rows = message.buttons.map((row) =>
    element("div", { className: "row" }, ...row.map((button) => inlineButton(message, button, actions))));
  return element("div", { className: "inline-keyboard", role: "group", ariaLabel: "Кнопки сообщения" }, ...rows);
}

function inlineButton(message, button, actions) {
  const className = `inline-button ${button.style}`;
  const href = button.url && button.start === null ? safe(button.url) : null;
  if (href) {
    const arrow = element("span", { className: "arrow", ariaHidden: "true" }, "↗");
    return element("a", { className, href, target: "_blank", rel: "noopener noreferrer" }, button.text, arrow);
  }
  const node = element("button", { type: "button", className }, button.text);
  node.addEventListener("click", () => {
    if (button.start !== null) actions.start(button.start);
    else if (button.copy) actions.copy(button.copy);
    else actions.press(message, button, node);
  });
  return node;
}
