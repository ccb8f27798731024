"""XLSForm expressions, compiled once to a small evaluator of our own (DESIGN.md).

>>> answers = {"age": "35", "topics": "speech ict"}
>>> expression = compile_expression("${age} >= 18 and selected(${topics}, 'ict')")
>>> is_true(expression, Scope(lambda name: answers.get(name, "")))
True
"""

from core.surveys.expressions.evaluator import evaluate, is_true
from core.surveys.expressions.parser import compile_expression
from core.surveys.expressions.scope import Scope
from core.surveys.expressions.syntax import MAX_DEPTH, MAX_LENGTH, Expression, ExpressionError
from core.surveys.expressions.values import MAX_TEXT, Operand, to_boolean, to_number, to_text

__all__ = [
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_TEXT",
    "Expression",
    "ExpressionError",
    "Operand",
    "Scope",
    "compile_expression",
    "evaluate",
    "is_true",
    "to_boolean",
    "to_number",
    "to_text",
]
