"""Uploaded files: in memory, or in a folder when the state is kept."""

import secrets
from pathlib import Path

from playground.telegram.model import StoredFile


class FileShelf:
    """Files by their file_id. Names on disk are made here, never taken from an upload."""

    def __init__(self, folder: Path | None) -> None:
        self.known: dict[str, StoredFile] = {}
        self._folder = folder
        self._contents: dict[str, bytes] = {}

    def add(self, kind: str, name: str, mime: str, content: bytes, extension: str) -> StoredFile:
        """Keep an upload. `kind` is photo or document."""
        unique = secrets.token_urlsafe(11)
        path = f"{kind}s/file_{len(self.known)}{extension}"
        file = StoredFile(f"SI-{kind}-{unique}", unique, kind, path, name, mime, len(content))
        self.known[file.file_id] = file
        if self._folder is None:
            self._contents[file.file_id] = content
        else:
            target = self._folder / unique
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return file

    def content(self, file: StoredFile) -> bytes:
        """The bytes of a known file. Raises FileNotFoundError if the folder lost it."""
        if self._folder is None:
            return self._contents[file.file_id]
        return (self._folder / file.unique_id).read_bytes()

    def by_path(self, path: str) -> StoredFile | None:
        """The file that getFile named so."""
        return next((file for file in self.known.values() if file.path == path), None)
