"""What a municipality lets out, and when: quiet hours, no-send days, the daily limit."""
