"""Words and signs that are known, but not where they stand."""

from core.surveys.expressions.syntax import ExpressionError
from core.surveys.expressions.tokens import Kind, Token

_OPERATORS = {"и": "and", "или": "or", "and": "and", "or": "or", "div": "div", "mod": "mod"}
_EMPTY_BRACKETS = {"true", "false", "today", "now", "pi"}


def unexpected(token: Token) -> ExpressionError:
    """For what follows a value and is neither an operator nor the end."""
    if token.is_sign(")"):
        return ExpressionError(token.position, "скобка закрыта, но не открыта")
    if token.is_sign(","):
        return ExpressionError(
            token.position, "запятая разделяет значения в скобках действия; дробная часть отделяется точкой: 2.5"
        )
    if token.kind is Kind.NAME and (operator := _OPERATORS.get(token.text.lower())):
        return ExpressionError(token.position, f"вместо «{token.text}» нужно {operator}")
    return ExpressionError(token.position, f"перед «{token.text}» не хватает знака действия или запятой")


def bare_name(name: Token) -> ExpressionError:
    """For a word with no brackets after it."""
    if name.text.lower() in _EMPTY_BRACKETS:
        return ExpressionError(name.position, f"после {name.text.lower()} нужны скобки: {name.text.lower()}()")
    return ExpressionError(
        name.position, f"«{name.text}»: ссылка на вопрос пишется ${{{name.text}}}, текст — '{name.text}'"
    )
