"""The last step before an announcement goes out from the chat."""
