"""Campaigns: list, making one, card with live figures."""
