"""Who belongs to an association, who leads it, and who is the coordinator of an organisation."""
