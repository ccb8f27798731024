"""XLSForm expressions, compiled once to a small evaluator of our own (DESIGN.md).

>>> expression = compile_expression("${age} >= 18 and selected(${topics}, 'ict')")
>>> is_true(expression, {"age": "35", "topics": "speech ict"}.get)
True
"""

from core.surveys.expressions.evaluator import Lookup, evaluate, is_true
from core.surveys.expressions.functions import to_boolean, to_number, to_text
from core.surveys.expressions.parser import compile_expression
from core.surveys.expressions.syntax import MAX_DEPTH, MAX_LENGTH, Expression, ExpressionError

__all__ = [
    "MAX_DEPTH",
    "MAX_LENGTH",
    "Expression",
    "ExpressionError",
    "Lookup",
    "compile_expression",
    "evaluate",
    "is_true",
    "to_boolean",
    "to_number",
    "to_text",
]
