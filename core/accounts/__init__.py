"""Accounts of staff: roles, passwords, links, sessions (SPEC §1, §14)."""
