"""One-time codes that link a chat with an account (SPEC §3)."""
