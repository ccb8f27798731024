"""Who the bot is: getMe and the texts of its profile."""

from playground.telegram.errors import bad_request
from playground.telegram.methods.registry import method
from playground.telegram.model import Json
from playground.telegram.params import Params
from playground.telegram.state import StandIn


@method("getMe")
def get_me(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getme"""
    return {
        **state.bot_user,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("setMyName", "name", "language_code")
def set_my_name(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmyname"""
    return _keep(state.profile.names, params, "name", 64)


@method("setMyDescription", "description", "language_code")
def set_my_description(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmydescription"""
    return _keep(state.profile.descriptions, params, "description", 512)


@method("setMyShortDescription", "short_description", "language_code")
def set_my_short_description(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmyshortdescription"""
    return _keep(state.profile.short_descriptions, params, "short_description", 120)


def language(params: Params) -> str:
    """The two-letter `language_code`, or "" for everyone."""
    code = params.text("language_code")
    if code and not (len(code) == 2 and code.isascii() and code.islower()):
        raise bad_request("Invalid language code specified")
    return code


def _keep(texts: dict[str, str], params: Params, name: str, most: int) -> bool:
    value = params.text(name)
    if len(value) > most:
        raise bad_request(f"stand-in: {name} must be at most {most} characters")
    texts[language(params)] = value
    return True
