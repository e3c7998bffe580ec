"""Teams: a channel in Slack, what it works on, and who is in it."""
