"""Pages of announcements: composing, sending, watching, correcting and recalling them."""
