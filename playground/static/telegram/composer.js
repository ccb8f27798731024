// What is under the messages: the field, commands, reply keyboard, the START button.

import { byId, element } from "./dom.js";
import { closeMenus, toast } from "./notices.js";

const MOST = 20 * 1024 * 1024;

export function drawComposer(chat, person, startCode) {
  const starting = chat.blocked || !chat.started || startCode !== null;
  byId("start").hidden = !starting;
  byId("write").hidden = starting || chat.deactivated;
  byId("start-button").textContent = chat.blocked ? "Разблокировать и начать" : "Начать";
  byId("start-hint").textContent = hint(chat, person, startCode);
  byId("composer-text").placeholder = chat.placeholder || "Сообщение";
  drawCommands(chat.commands);
  drawKeyboard(starting ? [] : chat.keyboard);
}

function hint(chat, person, startCode) {
  if (chat.blocked) return "Бот заблокирован и не может писать этому человеку.";
  if (startCode) return "Открыта ссылка с кодом. Нажмите, чтобы отправить его боту.";
  if (chat.started) return "";
  return person?.start_payload
    ? "У этого человека есть приглашение. Нажмите, чтобы войти по нему."
    : "Приглашения у этого человека нет: бот встретит его как незнакомого.";
}

function drawCommands(commands) {
  const menu = byId("commands");
  menu.hidden = commands.length === 0;
  menu.querySelector(".popup").replaceChildren(...commands.map(({ command, description }) =>
    element("button", { type: "button", value: `/${command}` },
      element("span", {}, description), element("small", {}, `/${command}`))));
}

function drawKeyboard(rows) {
  const area = byId("keyboard");
  const key = JSON.stringify(rows);
  if (area.dataset.key === key) return;
  area.dataset.key = key;
  area.hidden = rows.length === 0;
  area.replaceChildren(...rows.map((row) =>
    element("div", { className: "row" }, ...row.map((label) => element("button", { type: "button", value: label }, label)))));
}

export function wireComposer(doing) {
  const field = byId("composer-text");
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  };
  const send = async () => {
    const text = field.value.trim();
    if (text && await doing("send", { text })) {
      field.value = "";
      grow();
    }
  };
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  byId("write").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  for (const area of [byId("commands").querySelector(".popup"), byId("keyboard")]) {
    area.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      closeMenus();
      doing("send", { text: button.value });
    });
  }
  byId("file").addEventListener("change", () => sendFile(doing));
}

async function sendFile(doing) {
  const file = byId("file").files[0];
  byId("file").value = "";
  if (!file) return;
  if (file.size > MOST) {
    toast("Файл больше 20 МБ: бот не сможет его скачать");
    return;
  }
  const address = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(file);
  });
  const asPhoto = ["image/png", "image/jpeg", "image/webp"].includes(file.type);
  const content = address.slice(address.indexOf(",") + 1);
  await doing("send_file", { name: file.name, mime: file.type || "application/octet-stream", content, as_photo: asPhoto });
}
