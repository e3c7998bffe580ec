"""Moments that come back, each in the local time of a person or a team."""
