"""What any bot needs, and what knows nothing of customer delight."""
