"""Formatted text between its two spellings: HTML as messengers take it, and marks as people type them."""
