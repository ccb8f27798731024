// The page: which person, which chat, what is pressed.

import { act, listen, loadChat, loadPeople } from "./api.js";
import { byId, element } from "./dom.js";
import { choose, filter, personOf, showPeople, updateMarks, walk } from "./people.js";
import { closeMenus, toast, answerShown } from "./notices.js";
import { drawComposer, wireComposer } from "./composer.js";
import { drawMessages, isAtEnd, scrollToEnd, settlePress, waitForAnswer } from "./timeline.js";

const app = document.querySelector(".app");
const botUsername = document.body.dataset.botUsername;
const room = { userId: null, startCode: null, answerNumber: null, chat: null, timer: 0, loading: false, again: false };

const actions = {
  botUsername,
  command: (text) => doing("send", { text }),
  start: (code) => doing("start", { payload: code }),
  copy: (text) => navigator.clipboard.writeText(text).then(() => toast("Скопировано")),
  async press(message, button, node) {
    node.setAttribute("aria-busy", "true");
    const done = await doing("press", { message_id: message.message_id, data: button.data });
    if (done) waitForAnswer(done.query_id, node);
    else node.removeAttribute("aria-busy");
  },
};

async function doing(what, args = {}) {
  const { userId } = room;
  try {
    const done = await act(userId, what, args);
    await refresh();
    if (what === "send" || what === "start") scrollToEnd();
    return done;
  } catch (error) {
    toast(error.message);
    return null;
  }
}

async function refresh() {
  if (room.userId === null) return;
  if (room.loading) {
    room.again = true;
    return;
  }
  room.loading = true;
  try {
    do {
      room.again = false;
      const { userId } = room;
      const chat = await loadChat(userId);
      if (userId === room.userId) draw(chat);
    } while (room.again);
  } finally {
    room.loading = false;
  }
}

function draw(chat) {
  const first = room.chat === null;
  const wasAtEnd = first || isAtEnd();
  room.chat = chat;
  drawMessages(chat, actions);
  byId("about").hidden = chat.messages.length > 0;
  byId("about-text").textContent = chat.description || "Сообщений пока нет.";
  drawComposer(chat, personOf(room.userId), room.startCode);
  showAction(chat);
  showAnswers(chat, first);
  byId("block").textContent = chat.blocked ? "Разблокировать бота" : "Заблокировать бота";
  if (wasAtEnd) scrollToEnd(first);
  if (chat.unread && document.visibilityState === "visible") act(room.userId, "read").catch(() => {});
}

function showAction(chat) {
  byId("typing").hidden = chat.action === null;
  byId("status").textContent = chat.blocked ? "бот заблокирован" : chat.action ? "печатает…" : "бот";
  clearTimeout(room.timer);
  if (chat.action) room.timer = setTimeout(refresh, chat.action_seconds * 1000 + 50);
}

function showAnswers(chat, first) {
  const latest = chat.answers.at(-1)?.number || 0;
  for (const answer of chat.answers) {
    settlePress(answer.query_id);
    if (!first && answer.number > room.answerNumber) answerShown(answer, actions);
  }
  room.answerNumber = latest;
}

async function open(userId, startCode = null, remember = true) {
  Object.assign(room, { userId, startCode, chat: null, answerNumber: 0 });
  if (remember) {
    const query = new URLSearchParams({ user: userId });
    if (app.dataset.solo) query.set("solo", "1");
    history.pushState({ userId }, "", `/?${query}`);
  }
  app.dataset.view = "chat";
  byId("nobody").hidden = true;
  byId("room").hidden = false;
  byId("messages").replaceChildren();
  const person = personOf(userId);
  byId("me").textContent = person ? person.name : "Новый телефон";
  byId("window").href = `/?user=${userId}&solo=1`;
  document.title = `${person ? person.name : userId} — ${document.body.dataset.botName}`;
  choose(userId);
  closeMenus();
  await refresh().catch((error) => toast(error.message));
  const startButton = byId("start-button");
  if (startButton.offsetParent) startButton.focus();
  else if (matchMedia("(min-width: 48rem)").matches) byId("composer-text").focus();
}

function openFromAddress(remember = false) {
  const query = new URLSearchParams(location.search);
  if (query.get("solo")) app.dataset.solo = "1";
  const userId = Number(query.get("user"));
  if (userId) return open(userId, query.get("start"), remember);
  app.dataset.view = "people";
  return null;
}

async function begin() {
  const person = personOf(room.userId);
  const code = room.startCode ?? (room.chat.started ? "" : person?.start_payload) ?? "";
  room.startCode = null;
  history.replaceState(history.state, "", location.pathname + location.search.replace(/&?start=[^&]*/, ""));
  await doing("start", { payload: code });
  byId("composer-text").focus();
}

function wire() {
  byId("search").addEventListener("input", filter);
  document.querySelector(".people").addEventListener("keydown", walk);
  byId("back").addEventListener("click", () => {
    app.dataset.view = "people";
    byId("people").querySelector("[aria-current]")?.focus();
  });
  byId("start-button").addEventListener("click", begin);
  byId("block").addEventListener("click", () => {
    closeMenus();
    doing(room.chat.blocked ? "unblock" : "block");
  });
  byId("down").addEventListener("click", () => scrollToEnd());
  byId("scroll").addEventListener("scroll", () => { byId("down").hidden = isAtEnd(); }, { passive: true });
  window.addEventListener("popstate", () => openFromAddress());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") refresh(); });
  wireComposer(doing);
}

async function main() {
  wire();
  showPeople(await loadPeople(), (userId) => open(userId));
  await openFromAddress();
  let cutOff = false;
  listen(
    (changes) => {
      updateMarks(changes);
      if (String(room.userId) in changes) refresh();
    },
    async (connected) => {
      byId("offline").hidden = connected;
      if (connected && cutOff) {
        showPeople(await loadPeople(), (userId) => open(userId));
        choose(room.userId);
        refresh();
      }
      cutOff = !connected;
    },
  );
}

main().catch((error) => document.body.append(element("p", { className: "offline" }, error.message)));
