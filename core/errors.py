"""The one base of expected errors. The edges (bot, admin, cli) turn the key into a Russian sentence."""


class AppError(Exception):
    """Something a person did or met that the program foresaw.

    `key` names the sentence in the edge's texts, `params` fill its placeholders; no personal data in them.
    """

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class Denied(AppError):
    """The actor may not do this, or may not know that it exists."""

    def __init__(self, key: str = "denied", **params: object) -> None:
        super().__init__(key, **params)


class NotFound(AppError):
    """There is no such thing within the actor's reach."""

    def __init__(self, key: str = "not_found", **params: object) -> None:
        super().__init__(key, **params)
