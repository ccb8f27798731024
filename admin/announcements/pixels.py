"""How large a picture is, by its own header: nothing is decoded, so nothing can swell."""

import struct

_SIZE_FOLLOWS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG's frame markers (ITU-T T.81, table B.1); the three left out are tables that stand among them."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers that carry no length."""


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None for anything else and for one that breaks off."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack(">II", content[16:24])
        return _jpeg(content) if content.startswith(b"\xff\xd8\xff") else None
    except (struct.error, IndexError):
        return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _SIZE_FOLLOWS:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None
