"""A walk through a survey in the browser, as a respondent would go; nothing of it is stored."""
