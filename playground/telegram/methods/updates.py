"""How the bot gets its updates: long polling or a webhook, never both."""

import asyncio
from urllib.parse import urlsplit

from playground.telegram.errors import bad_request, conflict, not_imitated, too_many
from playground.telegram.methods.registry import method
from playground.telegram.model import Json, Webhook
from playground.telegram.params import Params
from playground.telegram.state import StandIn
from playground.telegram.updates import Entry

LONGEST_POLL = 50
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    ]
)
_SECRET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


@method("getUpdates", "offset", "limit", "timeout", "allowed_updates")
async def get_updates(state: StandIn, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#getupdates

    An `offset` confirms everything before it. A second poller ends the wait of the first with 409.
    """
    if state.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _set_allowed(state, params)
    offset = params.integer("offset")
    limit = params.integer("limit", 100, 1, 100)
    deadline = asyncio.get_running_loop().time() + params.integer("timeout", 0, 0, LONGEST_POLL)
    state.queue.expire(state.wall() - state.settings.update_lifetime)
    if offset:
        state.queue.confirm(offset)
    entries = state.queue.ready(limit)
    left = deadline - asyncio.get_running_loop().time()
    if not entries and left > 0:
        entries = await _poll(state, limit, deadline)
    return [entry.as_json() for entry in _maybe_reordered(state, entries)]


async def _poll(state: StandIn, limit: int, deadline: float) -> list[Entry]:
    state.poll_number += 1
    mine = state.poll_number
    state.queue.wake()
    loop = asyncio.get_running_loop()
    while not state.closing:
        if state.webhook.url:
            raise conflict("terminated by setWebhook request")
        if mine != state.poll_number:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        entries = state.queue.ready(limit)
        left = deadline - loop.time()
        if entries or left <= 0:
            return entries
        await state.queue.wait(left)
    return []


def _maybe_reordered(state: StandIn, entries: list[Entry]) -> list[Entry]:
    if len(entries) > 1 and state.faults.reorder > 0:
        state.faults.reorder -= 1
        return entries[::-1]
    return entries


def _set_allowed(state: StandIn, params: Params) -> None:
    given = params.json("allowed_updates", "Can't parse allowed_updates JSON object")
    if given is None:
        return
    if not isinstance(given, list) or not set(map(str, given)) <= _KINDS:
        raise not_imitated(f"allowed_updates {given}")
    state.queue.allowed = [str(kind) for kind in given]


@method("setWebhook", "url", "secret_token", "max_connections", "drop_pending_updates", "allowed_updates", "ip_address")
def set_webhook(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setwebhook

    As with a local Bot API server, http and any port are taken for addresses of this machine.
    """
    url = params.text("url")
    if not url:
        return _remove_webhook(state, params)
    if state.clock() < state.webhook_set_at + 1:
        raise too_many(1)
    _check_webhook_url(url)
    secret = params.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not set(secret) <= _SECRET:
        raise bad_request("secret token contains unallowed characters")
    state.webhook_set_at = state.clock()
    _set_allowed(state, params)
    if params.boolean("drop_pending_updates"):
        state.queue.clear()
    connections = params.integer("max_connections", 40, 1, 100)
    state.webhook = Webhook(url, secret, connections, params.text("ip_address"))
    state.queue.wake()
    return True


def _check_webhook_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise bad_request("invalid webhook URL specified")
    if parts.hostname in _LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in (443, 80, 88, 8443):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _remove_webhook(state: StandIn, params: Params) -> bool:
    if params.boolean("drop_pending_updates"):
        state.queue.clear()
    state.webhook = Webhook()
    state.queue.wake()
    return True


@method("deleteWebhook", "drop_pending_updates")
def delete_webhook(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletewebhook"""
    return _remove_webhook(state, params)


@method("getWebhookInfo")
def get_webhook_info(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getwebhookinfo"""
    hook = state.webhook
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.queue.entries),
    }
    if hook.url:
        info["max_connections"] = hook.max_connections
        info |= {"ip_address": hook.ip_address} if hook.ip_address else {}
    if hook.last_error_message:
        info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    if state.queue.allowed:
        info["allowed_updates"] = state.queue.allowed
    return info
