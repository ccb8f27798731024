"""Reminders: planned by rules that are data, each with a known end (SPEC §10)."""
