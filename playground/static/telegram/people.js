// The list of people on the left: groups, search, unread marks.

import { byId, element, initials, plural } from "./dom.js";

const rows = new Map();
let everyone = [];

export const personOf = (userId) => everyone.find((person) => person.user_id === userId);

export function showPeople(people, onChoose) {
  everyone = people;
  rows.clear();
  const groups = new Map();
  for (const person of people) {
    if (!groups.has(person.group)) groups.set(person.group, []);
    groups.get(person.group).push(person);
  }
  byId("people").replaceChildren(...[...groups].map(([title, members]) => section(title, members, onChoose)));
  filter();
}

function section(title, members, onChoose) {
  const list = element("ul", {}, ...members.map((person) => row(person, onChoose)));
  const count = element("span", { className: "count" }, String(members.length));
  return element("section", {}, element("h2", {}, title, " ", count), list);
}

function row(person, onChoose) {
  const badge = element("span", { className: "badge" });
  const link = element("a", { href: `/?user=${person.user_id}`, className: "person" },
    element("span", { className: `avatar hue-${person.user_id % 8}`, ariaHidden: "true" }, initials(person.name)),
    element("span", { className: "who" },
      element("span", { className: "name" }, person.name),
      element("span", { className: "subtitle" }, person.subtitle)),
    badge);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(person.user_id);
  });
  const item = element("li", {}, link);
  rows.set(person.user_id, { item, link, badge, words: `${person.name} ${person.subtitle} ${person.group}`.toLowerCase() });
  mark(person);
  return item;
}

export function mark(person) {
  const { badge, link } = rows.get(person.user_id);
  badge.textContent = person.unread || "";
  badge.hidden = !person.unread;
  if (person.unread) badge.setAttribute("aria-label", `непрочитанных: ${person.unread}`);
  link.classList.toggle("fresh", !person.started);
}

export function updateMarks(changes) {
  for (const [userId, change] of Object.entries(changes)) {
    const person = personOf(Number(userId));
    if (person) mark(Object.assign(person, change));
  }
  tell();
}

export function choose(userId) {
  for (const [id, { link }] of rows) {
    if (id === userId) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

export function filter() {
  const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { item, words: text } of rows.values()) item.hidden = !words.every((word) => text.includes(word));
  for (const part of byId("people").children) {
    const count = part.querySelectorAll("li:not([hidden])").length;
    part.hidden = count === 0;
    part.querySelector(".count").textContent = count;
  }
  tell();
}

function tell() {
  const shown = [...rows.values()].filter(({ item }) => !item.hidden).length;
  const unread = everyone.filter((person) => person.unread).length;
  const found = byId("search").value ? `Найдено: ${shown}` : "";
  const waiting = unread
    ? `${unread} ${plural(unread, "человек ещё не прочитал", "человека ещё не прочитали", "человек ещё не прочитали")} сообщения`
    : "";
  byId("found").textContent = found || waiting;
}

// Arrow keys walk through the list, as in any messenger.
export function walk(event) {
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const visible = [...byId("people").querySelectorAll("li:not([hidden]) > a")].filter((link) => link.offsetParent);
  const at = visible.indexOf(document.activeElement);
  const next = visible[event.key === "ArrowDown" ? at + 1 : at - 1];
  if (next) next.focus();
  else if (event.key === "ArrowUp") byId("search").focus();
  event.preventDefault();
}
