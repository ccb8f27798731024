"""One's own account: sessions and how to end them."""
