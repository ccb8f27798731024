"""What is refused before any library opens it."""

import zipfile
from io import BytesIO

import pytest

from core.errors import AppError
from core.spreadsheets import check_archive, check_signature
from core.spreadsheets.preflight import MAX_BYTES, MAX_ENTRIES, MAX_UNPACKED
from tests.xlsform.books import workbook


def archive(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", **parts}.items():
            made.writestr(name, content)
    return target.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(AppError) as caught:
        check_archive(content)
    return caught.value.key


def test_a_workbook_passes() -> None:
    check_archive(workbook({"survey": [["type"]]}))


def test_size_and_first_bytes() -> None:
    assert refusal(b"") == "upload.not_a_workbook"
    assert refusal(b"type,name\ntext,q\n") == "upload.not_a_workbook"
    assert refusal(b"PK\x03\x04" + bytes(20 * 1024 * 1024)) == "upload.too_large"
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)) == "upload.old_format"
    protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(protected) == "upload.encrypted"


def test_the_limit_is_named() -> None:
    with pytest.raises(AppError) as caught:
        check_signature(bytes(MAX_BYTES + 1))
    assert caught.value.params == {"limit": 10}


def test_a_truncated_file_is_broken() -> None:
    whole = workbook({"survey": [["type", "name"], *(["text", f"q{n}"] for n in range(200))]})
    assert refusal(whole[: len(whole) // 2]) == "upload.broken"
    assert refusal(whole[:30] + bytes(40) + whole[70:]) in {"upload.broken", "upload.not_a_workbook"}


def test_another_kind_of_archive_is_no_workbook() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("word/document.xml", "<a/>")
    assert refusal(target.getvalue()) == "upload.not_a_workbook"


def test_a_bomb_is_not_unpacked() -> None:
    assert refusal(archive({"xl/worksheets/sheet1.xml": bytes(MAX_UNPACKED + 1)})) == "upload.too_complex"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    content = archive({"xl/worksheets/sheet1.xml": bytes(MAX_UNPACKED + 1)})
    said, true = (100).to_bytes(4, "little"), (MAX_UNPACKED + 1).to_bytes(4, "little")
    assert true in content
    assert refusal(content.replace(true, said)) in {"upload.too_complex", "upload.broken"}


def test_too_many_parts() -> None:
    assert refusal(archive({f"xl/media/{n}.png": b"" for n in range(MAX_ENTRIES)})) == "upload.too_complex"


@pytest.mark.parametrize(
    "text",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<?xml version='1.0'?>" + b" " * 65_520 + b"<!doctype a><a/>",
        "<!DOCTYPE a><a/>".encode("utf-16"),
    ],
)
def test_declarations_that_can_unfold_are_refused(text: bytes) -> None:
    assert refusal(archive({"xl/worksheets/sheet1.xml": text})) == "upload.broken"
