"""One person of the registry: who may look, and the card with everything that is known."""
