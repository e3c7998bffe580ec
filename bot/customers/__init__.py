"""Customers: the card that colleagues keep of them, encrypted and found at once."""
