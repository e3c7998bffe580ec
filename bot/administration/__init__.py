"""What administrators look after: roles, limits, the off switch, and what was changed."""
