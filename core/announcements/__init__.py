"""Announcements: composed, put to an audience, sent, corrected, recalled, accounted for (SPEC §5)."""
