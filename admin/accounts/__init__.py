"""Accounts of staff: roles, ways in, browsers (SPEC §14)."""
