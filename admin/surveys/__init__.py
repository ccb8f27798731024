"""Surveys: catalogue, upload, drafts, preview."""
