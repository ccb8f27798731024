"""A campaign tried on made-up answers before it opens (SPEC §4)."""
