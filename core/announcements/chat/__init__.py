"""An announcement composed in the chat, message by message."""
