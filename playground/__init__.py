"""Trying the program without Telegram: a local stand-in for the Bot API and made-up people."""
