"""Pages of surveys: the catalogue, a survey's card, upload and download, drafts, preview."""
