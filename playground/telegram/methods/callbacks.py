"""Answers to presses."""

from playground.telegram.errors import bad_request
from playground.telegram.links import deep_link_payload
from playground.telegram.methods.registry import method
from playground.telegram.model import CallbackAnswer
from playground.telegram.params import Params
from playground.telegram.state import StandIn

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
KEPT_ANSWERS = 50


@method("answerCallbackQuery", "callback_query_id", "text", "show_alert", "url", "cache_time")
def answer_callback_query(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery; a second answer is taken and shows nothing."""
    press = state.presses.get(str(params.values.get("callback_query_id", "")))
    if press is None or state.clock() - press.pressed_at > state.settings.callback_lifetime:
        raise bad_request(TOO_OLD)
    text = params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.text("url") or None
    if url and deep_link_payload(url, state.settings.bot_username) is None:
        raise bad_request("URL_INVALID")
    show_alert = params.boolean("show_alert")
    params.integer("cache_time", 0, 0)
    if press.answered:
        return True
    press.answered = True
    chat = state.chats[press.user_id]
    number = chat.answers[-1].number + 1 if chat.answers else 1
    chat.answers.append(CallbackAnswer(number, press.query_id, text, show_alert, url))
    del chat.answers[:-KEPT_ANSWERS]
    state.touch(press.user_id)
    return True
