"""Pages of the registry: every kind of record has the same list, card, form, archive and history."""
