"""Invites: who has joined, sheets to hand out, ending of invites."""
