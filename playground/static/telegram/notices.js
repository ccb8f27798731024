// Toasts, alerts and menus that close by themselves.

import { byId, element } from "./dom.js";
import { deepLink } from "./richtext.js";

export function toast(text) {
  const note = element("p", { className: "toast" }, text);
  byId("toasts").replaceChildren(note);
  setTimeout(() => note.remove(), 2500 + text.length * 50);
}

export function answerShown(answer, actions) {
  if (answer.url) {
    const code = deepLink(answer.url, actions.botUsername);
    if (code !== null) actions.start(code);
  }
  if (!answer.text) return;
  if (!answer.show_alert) {
    toast(answer.text);
    return;
  }
  byId("alert-text").textContent = answer.text;
  if (!byId("alert").open) byId("alert").showModal();
}

export function closeMenus(except = null) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
