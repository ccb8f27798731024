"""The registry's tables in one frame: each kind of record says its fields, columns and filters, the rest is common."""
