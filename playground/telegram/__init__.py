"""A local stand-in for Telegram's Bot API.

Behaviour follows https://core.telegram.org/bots/api; wording of errors follows the sources of the
official server (github.com/tdlib/telegram-bot-api, telegram-bot-api/Client.cpp) and of tdlib
(github.com/tdlib/td). What the stand-in does not imitate, it refuses in words of its own that begin
with "stand-in".
"""
