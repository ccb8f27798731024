// The messages of the open chat: only what changed is drawn anew, the focus stays where it was.

import { bubble, dayOf } from "./bubble.js";
import { byId, element } from "./dom.js";

const NEAR = 80;
const PATIENCE = 10_000;
const waiting = new Map();
let drawn = new Map();

export const isAtEnd = () => {
  const area = byId("scroll");
  return area.scrollHeight - area.scrollTop - area.clientHeight < NEAR;
};

export function scrollToEnd(atOnce = false) {
  const area = byId("scroll");
  const calm = atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches;
  area.scrollTo({ top: area.scrollHeight, behavior: calm ? "instant" : "smooth" });
}

export function drawMessages(chat, actions) {
  const list = byId("messages");
  if (!list.childElementCount) drawn = new Map();
  const byNumber = new Map(chat.messages.map((message) => [message.message_id, message]));
  const fresh = new Map();
  const nodes = [];
  let day = null;
  for (const message of chat.messages) {
    if (dayOf(message) !== day) {
      day = dayOf(message);
      nodes.push(dayMark(day));
    }
    const key = JSON.stringify(message);
    const old = drawn.get(message.message_id);
    const node = old && old.key === key ? old.node : redraw(old, bubble(message, byNumber.get(message.reply_to), actions));
    fresh.set(message.message_id, { key, node });
    nodes.push(node);
  }
  drawn = fresh;
  place(list, nodes);
}

function dayMark(day) {
  const known = [...byId("messages").querySelectorAll(".day")].find((node) => node.textContent === day);
  return known || element("li", { className: "day" }, day);
}

// Puts the nodes in order without touching those that are in place: moving a node would drop its focus.
function place(list, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null);
  });
}

// An edited message takes the focus over: the same button by its words, else the one in the same place.
function redraw(old, node) {
  if (!old) {
    node.classList.add("new");
    return node;
  }
  const before = [...old.node.querySelectorAll(".inline-button")];
  const at = before.indexOf(document.activeElement);
  old.node.replaceWith(node);
  if (at >= 0) {
    const after = [...node.querySelectorAll(".inline-button")];
    const same = after.find((button) => button.textContent === before[at].textContent);
    (same || after[Math.min(at, after.length - 1)] || byId("composer-text")).focus({ preventScroll: true });
  }
  return node;
}

// A pressed button turns until the bot answers, as in Telegram.
export function waitForAnswer(queryId, node) {
  if (waiting.get(queryId) === "answered") {
    node.removeAttribute("aria-busy");
    return;
  }
  waiting.set(queryId, node);
  setTimeout(() => settlePress(queryId), PATIENCE);
}

export function settlePress(queryId) {
  const node = waiting.get(queryId);
  if (node instanceof Element) node.removeAttribute("aria-busy");
  waiting.set(queryId, "answered");
}
