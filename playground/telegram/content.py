"""Photos and documents of a message: uploads and known files, checked as the server checks them."""

from playground.telegram.errors import ApiError, bad_request, not_imitated
from playground.telegram.images import picture
from playground.telegram.model import Json, StoredFile
from playground.telegram.params import Params, Upload
from playground.telegram.state import StandIn
from playground.telegram.text import FormattedText


def photo_size(file: StoredFile) -> Json:
    """The `PhotoSize` of a stored photo (the stand-in makes no smaller copies)."""
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "width": file.width,
        "height": file.height,
        "file_size": file.size,
    }


def document(file: StoredFile) -> Json:
    """The `Document` of a stored file."""
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.mime,
        "file_size": file.size,
    }


def media_body(file: StoredFile, caption: FormattedText) -> Json:
    """The content of a message with this file."""
    body: Json = {"photo": [photo_size(file)]} if file.kind == "photo" else {"document": document(file)}
    if caption.text:
        body["caption"] = caption.text
        if caption.entities:
            body["caption_entities"] = caption.entities
    return body


def text_body(formatted: FormattedText) -> Json:
    """The content of a text message."""
    body: Json = {"text": formatted.text}
    if formatted.entities:
        body["entities"] = formatted.entities
    return body


def stored_file(state: StandIn, params: Params, name: str, kind: str) -> StoredFile:
    """The file of the parameter `name`: an upload is kept, a file_id is looked up. Raises ApiError."""
    upload = params.upload(name)
    if upload is not None:
        return _keep(state, upload, kind)
    given = params.text(name)
    if not given:
        raise bad_request(f"There is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        raise not_imitated("files by address: upload them")
    file = state.files.known.get(given)
    if file is None:
        raise bad_request("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    if file.kind != kind:
        raise bad_request(f"Can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _keep(state: StandIn, upload: Upload, kind: str) -> StoredFile:
    size = len(upload.content)
    if size == 0:
        raise bad_request("File must be non-empty")
    if size > state.settings.document_bytes:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "document":
        return state.files.add(kind, upload.name, upload.mime, upload.content, "")
    most = state.settings.photo_bytes
    if size > most:
        raise bad_request(f"File of size {size} bytes is too big for a photo; the maximum size is {most} bytes")
    found = picture(upload.content)
    if found is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    extension, width, height = found
    # https://core.telegram.org/bots/api#sendphoto: width and height together at most 10000, ratio at most 20
    if not (width and height) or width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    file = state.files.add(kind, upload.name, f"image/{extension}", upload.content, f".{extension}")
    file.width, file.height = width, height
    return file
