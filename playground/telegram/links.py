"""Which addresses Telegram takes in buttons and links (tdlib, LinkManager::check_link)."""

import re
from urllib.parse import parse_qs, urlsplit

_HOST = re.compile(r"[^\s\x00-\x20\"<>\\^`{|}]+")


def link_problem(url: str) -> str | None:
    """Why the address is refused, in tdlib's words; None if it is fine. An address without a scheme is http."""
    if url.lower().startswith(("tg:", "ton:", "tonsite:")):
        return None
    address = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "Wrong HTTP URL"
    return _http_problem(parts.scheme.lower(), host, port)


def _http_problem(scheme: str, host: str, port: int | None) -> str | None:
    if scheme not in ("http", "https"):
        return "Unsupported URL protocol"
    if not host:
        return "URL host is empty"
    if port == 0:
        return "Wrong port number specified in the URL"
    if not _HOST.fullmatch(host) or ("." not in host and ":" not in host):
        return "Wrong HTTP URL"
    return None


def deep_link_payload(url: str, bot_username: str) -> str | None:
    """The code of `https://t.me/<bot>?start=CODE` if it leads to this bot ("" without a code), else None."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if (parts.hostname or "").lower() not in ("t.me", "telegram.me"):
        return None
    if parts.path.strip("/").lower() != bot_username.lower():
        return None
    return parse_qs(parts.query).get("start", [""])[0]
