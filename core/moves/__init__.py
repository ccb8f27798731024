"""Moves of people from one organisation of the municipality to another."""
