"""Slack: the client, the two ways in (HTTP, Socket Mode), and Block Kit in plain words."""
