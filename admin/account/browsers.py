"""What a browser calls itself → words its owner knows it by."""

from collections.abc import Sequence

_PROGRAMS = (
    ("YaBrowser", "Яндекс Браузер"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
"""In this order, for each of them also calls itself by later names."""
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def in_words(agent: str) -> str:
    """«Chrome на Windows»; «неизвестный браузер» for what does not introduce itself."""
    program, system = _first(_PROGRAMS, agent), _first(_SYSTEMS, agent)
    if program is None:
        return "неизвестный браузер" if system is None else f"браузер на {system}"
    return program if system is None else f"{program} на {system}"


def _first(names: Sequence[tuple[str, str]], agent: str) -> str | None:
    return next((words for sign, words in names if sign in agent), None)
