"""Addressees: the builder that several forms share, how many it reaches, and what is kept under a name."""
