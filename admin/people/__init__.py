"""One person of the registry: card, move, doubles; and who belongs where."""
