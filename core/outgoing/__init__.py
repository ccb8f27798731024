"""What may reach a person now: quiet hours, no-send days, what they mute, the daily limit with its digest (SPEC §5)."""
