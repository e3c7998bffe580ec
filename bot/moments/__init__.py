"""Moments: what goes on in a customer's life, or between them and us, and is worth a gesture."""
