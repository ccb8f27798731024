"""Pieces that documents on paper are made of: PDF and Word files, QR codes, the consent's text."""
