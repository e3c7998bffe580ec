"""When people work, and whether they may be pushed now."""
