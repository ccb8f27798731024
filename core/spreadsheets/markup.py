"""XML read piece by piece: memory stays flat however many elements there are, and nothing is ever fetched or unfolded.

Trees of elements, which the libraries build, grow with the length of a row that a stranger has made.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import IO, ClassVar
from xml.parsers import expat

from core.errors import AppError

_BLOCK = 64 * 1024
Attributes = dict[str, str]


class Handler:
    """What to do with the elements that `NAMES` knows, called by their short name; others are passed over."""

    NAMES: ClassVar[Mapping[str, str]] = {}
    """Namespace, a blank, local name → short name."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


def feed(stream: IO[bytes], handler: Handler) -> Iterator[None]:
    """Pauses after every block, so that what the handler has gathered can be taken away.

    Raises AppError upload.broken: no XML, or one with a declaration of its own.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names = handler.NAMES
    parser.StartElementHandler = _known(names, handler.start)
    parser.EndElementHandler = _known(names, handler.end)
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise AppError("upload.broken") from error
    yield


def run(stream: IO[bytes], handler: Handler) -> None:
    """To the end without a pause."""
    for _ in feed(stream, handler):
        pass


def _known(names: Mapping[str, str], call: Callable[..., None]) -> Callable[..., None]:
    def handle(name: str, *rest: Attributes) -> None:
        short = names.get(name)
        if short is not None:
            call(short, *rest)

    return handle


def _refuse(*_: object) -> None:
    raise AppError("upload.broken")
