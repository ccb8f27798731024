"""The common frame: rendering, navigation, headers, errors, flash messages."""
