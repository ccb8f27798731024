"""The management cycle, home page of the admin."""
