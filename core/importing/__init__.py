"""Spreadsheets that municipalities keep → the registry, and back (SPEC §2)."""
