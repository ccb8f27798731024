"""People to whom nothing can be delivered, and what to do about it."""
