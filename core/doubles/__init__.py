"""Doubles: two records of one person. Finding them, comparing them, making one of them."""
