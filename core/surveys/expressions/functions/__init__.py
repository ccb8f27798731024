"""What an expression can compute with: one table, one entry a function.

Meaning: https://docs.getodk.org/form-operators-functions/, and XPath 1.0 for what ODK takes from there.
"""

from core.surveys.expressions.functions.choices import CHOICES
from core.surveys.expressions.functions.logic import LOGIC
from core.surveys.expressions.functions.mathematics import MATHEMATICS
from core.surveys.expressions.functions.signature import Function
from core.surveys.expressions.functions.summing import SUMMING
from core.surveys.expressions.functions.text import TEXT
from core.surveys.expressions.functions.time import TIME

FUNCTIONS: dict[str, Function] = {**LOGIC, **CHOICES, **TEXT, **MATHEMATICS, **SUMMING, **TIME}

__all__ = ["FUNCTIONS", "Function"]
