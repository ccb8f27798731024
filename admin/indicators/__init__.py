"""Indicators: list, card with passport, chart."""
