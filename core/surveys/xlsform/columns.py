"""How the sheets of our own workbooks are laid out."""

SURVEY = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation",
    "default", "choice_filter", "parameters", "appearance",
)  # fmt: skip
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version")
TWINS = "allow_choice_duplicates"
"""Setting that lets the names of a list repeat, for choices told apart by their columns."""
WIDTHS = {
    "label": 60,
    "hint": 40,
    "text": 80,
    "value": 80,
    "title": 40,
    "items": 60,
    "points": 40,
    "form_title": 50,
    "relevant": 40,
    "constraint": 30,
    "constraint_message": 40,
    "calculation": 40,
    "type": 24,
    "name": 24,
}
"""In characters; others have Excel's own width and a half."""
OTHER_WIDTH = 14
LIST_ROWS = 1000
"""Rows in which a cell offers its list."""
