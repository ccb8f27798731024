"""The wording of the consent. A published version is never changed: a new wording is a new file and number."""

from bot.texts import FOLDER

CONSENT_VERSION = "1"


def consent_text(operator: str) -> str:
    """The document, as it is stored and shown; `operator` is the name and address of who processes the data.

    Lines that begin with `# ` are headings.
    """
    wording = (FOLDER / f"consent_{CONSENT_VERSION}.md").read_text(encoding="utf-8")
    return wording.replace("{{ operator }}", operator)
