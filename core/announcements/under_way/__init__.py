"""What happens to an announcement once it has gone out: to its messages, by its readers, by the clock."""
