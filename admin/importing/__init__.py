"""Spreadsheets on their way into the registry and back: upload, preview, decision, export (SPEC §2)."""
