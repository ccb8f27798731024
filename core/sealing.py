"""Seals anonymous answers under a key that is not in the database (decision 0002)."""

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import AppError
from core.settings import Settings

NONCE_BYTES = 12


class Sealer:
    """AES-256-GCM under a key derived from the installation's secret."""

    def __init__(self, secret: str) -> None:
        key = HKDF(hashes.SHA256(), 32, salt=None, info=b"metodkabinet ballots").derive(secret.encode())
        self._cipher = AESGCM(key)

    @classmethod
    def from_settings(cls, settings: Settings) -> "Sealer":
        """Reads SECRET_KEY, or the key file of the data folder, which is made once when it is missing."""
        if settings.secret_key is not None:
            return cls(settings.secret_key.get_secret_value())
        return cls(_key_file(settings.data_dir / "secret.key"))

    def seal(self, payload: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, payload, None)

    def open(self, sealed: bytes) -> bytes:
        """Raises AppError `sealing.wrong_key` when it was sealed under another key, or is damaged."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
        except InvalidTag as error:
            raise AppError("sealing.wrong_key") from error


def _key_file(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
