"""A sheet of invites on paper: slips to cut out, and the paper form of the consent (SPEC §3)."""
