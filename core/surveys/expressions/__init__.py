"""XLSForm expressions: compiled once to a small evaluator of our own (DESIGN.md)."""
