"""A ballot ↔ the bytes that are sealed. All ballots of a survey without long texts have one length."""

import json
from typing import Any

from core.releases.model import Ballot, BallotCuts
from core.surveys.model import Value

BLOCK = 4096
"""Bytes; the length of a ballot is a multiple of it, so that it tells nothing about the answers."""

_VERSION = 1
_LENGTH_BYTES = 4


def encode(ballot: Ballot, block: int = BLOCK) -> bytes:
    """The payload to seal, padded with zeros to the next multiple of `block` bytes."""
    content = {
        "version": _VERSION,
        "cuts": {
            "kind": ballot.cuts.kind,
            "experience": ballot.cuts.experience,
            "cluster": ballot.cuts.cluster,
        },
        "answers": {name: list(value) if isinstance(value, tuple) else value for name, value in ballot.answers.items()},
        "scales": dict(ballot.scales),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    payload = len(text).to_bytes(_LENGTH_BYTES, "big") + text
    return payload + bytes(-len(payload) % block)


def decode(payload: bytes) -> Ballot:
    """Raises ValueError for anything that `encode` did not write."""
    length = int.from_bytes(payload[:_LENGTH_BYTES], "big")
    text = payload[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if len(text) != length or any(payload[_LENGTH_BYTES + length :]):
        raise ValueError("not a ballot")
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("version") != _VERSION:
        raise ValueError("not a ballot of a known version")
    try:
        return _ballot(content)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a ballot") from error


def _ballot(content: dict[str, Any]) -> Ballot:
    cuts = content["cuts"]
    return Ballot(
        cuts=BallotCuts(kind=cuts["kind"], experience=cuts["experience"], cluster=cuts["cluster"]),
        answers={name: _value(value) for name, value in content["answers"].items()},
        scales={name: float(value) for name, value in content["scales"].items()},
    )


def _value(value: Any) -> Value:
    result: Value = tuple(value) if isinstance(value, list) else value
    return result
