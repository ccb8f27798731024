"""The menu of commands and the button that opens it."""

import re

from playground.telegram.access import chat_of
from playground.telegram.errors import bad_request, not_imitated
from playground.telegram.methods.bot import language
from playground.telegram.methods.registry import method
from playground.telegram.model import Json
from playground.telegram.params import Params
from playground.telegram.state import StandIn

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"})


@method("setMyCommands", "commands", "scope", "language_code")
def set_my_commands(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmycommands"""
    commands = params.json("commands", "Can't parse commands JSON object")
    if not isinstance(commands, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    state.profile.commands[_key(state, params)] = [_command(command) for command in commands]
    for user_id in state.chats:
        state.touch(user_id)
    return True


@method("getMyCommands", "scope", "language_code")
def get_my_commands(state: StandIn, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#getmycommands"""
    return state.profile.commands.get(_key(state, params), [])


@method("deleteMyCommands", "scope", "language_code")
def delete_my_commands(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletemycommands"""
    state.profile.commands.pop(_key(state, params), None)
    return True


@method("setChatMenuButton", "chat_id", "menu_button")
def set_chat_menu_button(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setchatmenubutton"""
    button = params.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("MenuButton must be an Object")
    if button.get("type") not in ("default", "commands"):
        raise not_imitated(f"a menu button of type {button.get('type')}")
    chat = str(chat_of(state, params).user.id) if params.has("chat_id") else ""
    state.profile.menu_buttons[chat] = button
    return True


def commands_for(state: StandIn, user_id: int, language_code: str) -> list[Json]:
    """The commands this person sees: the narrowest scope that has any, their language before all languages."""
    for scope in (f"chat:{user_id}", "all_private_chats", "default"):
        for code in (language_code, ""):
            commands = state.profile.commands.get(f"{scope}/{code}")
            if commands:
                return commands
    return []


def _key(state: StandIn, params: Params) -> str:
    scope = params.json("scope", "Can't parse BotCommandScope JSON object") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("Unsupported type specified") if kind is None else not_imitated(f"the scope {kind}")
    if kind == "chat":
        kind = f"chat:{chat_of(state, Params(scope)).user.id}"
    return f"{kind}/{language(params)}"


def _command(command: object) -> Json:
    if not isinstance(command, dict) or not command.keys() <= {"command", "description"}:
        raise bad_request("Can't parse BotCommand: expected an Object")
    name, description = str(command.get("command", "")), str(command.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.lstrip("/"), "description": description}
