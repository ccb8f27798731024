"""Methods of the Bot API, one function each; importing this package registers them all."""

from playground.telegram.methods import bot, callbacks, chats, commands, deletes, edits, messages, updates
from playground.telegram.methods.registry import METHODS

__all__ = ["METHODS", "bot", "callbacks", "chats", "commands", "deletes", "edits", "messages", "updates"]
