"""What is stored about a person: by a one-time link for themselves, by an administrator on a written request."""
