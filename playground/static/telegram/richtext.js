// Text with Telegram's entities → DOM nodes. Offsets are UTF-16 units, just as JavaScript counts.

import { element } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// actions: {command(text), start(code), botUsername}
export function richText(text, entities, actions) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, sorted, 0, text.length, actions);
}

function nodes(text, entities, from, to, actions) {
  const result = [];
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const end = Math.min(to, entity.offset + entity.length);
    if (entity.offset < at || end <= at) continue;
    if (entity.offset > at) result.push(text.slice(at, entity.offset));
    const inside = entities.slice(index + 1).filter((other) => other.offset < end);
    result.push(wrap(text.slice(entity.offset, end), entity, nodes(text, inside, entity.offset, end, actions), actions));
    at = end;
  }
  if (at < to) result.push(text.slice(at, to));
  return result;
}

function wrap(words, entity, children, actions) {
  if (entity.type === "url" || entity.type === "text_link") return link(entity.url || words, children, actions);
  if (entity.type === "bot_command") {
    return element("button", { type: "button", className: "link", onclick: () => actions.command(words) }, ...children);
  }
  if (entity.type === "spoiler") {
    const cover = element("button", { type: "button", className: "spoiler", ariaLabel: "Скрытый текст, показать" });
    cover.append(...children);
    cover.addEventListener("click", () => cover.replaceWith(element("span", {}, ...cover.childNodes)));
    return cover;
  }
  const tag = TAGS[entity.type];
  return tag ? element(tag, {}, ...children) : element("span", {}, ...children);
}

function link(address, children, actions) {
  const start = deepLink(address, actions.botUsername);
  if (start !== null) {
    return element("button", { type: "button", className: "link", onclick: () => actions.start(start) }, ...children);
  }
  const href = safe(address);
  if (!href) return element("span", {}, ...children);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

// Only addresses of the web: javascript: and the like never become links.
export function safe(address) {
  try {
    const url = new URL(address.includes("://") ? address : `http://${address}`);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function deepLink(address, botUsername) {
  try {
    const url = new URL(address.includes("://") ? address : `https://${address}`);
    const ours = ["t.me", "telegram.me"].includes(url.hostname)
      && url.pathname.replaceAll("/", "").toLowerCase() === botUsername.toLowerCase();
    return ours ? url.searchParams.get("start") || "" : null;
  } catch {
    return null;
  }
}
