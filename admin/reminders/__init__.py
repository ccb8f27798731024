"""Reminders: the rules they are planned by, and every single one with what became of it."""
