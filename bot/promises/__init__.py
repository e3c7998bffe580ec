"""Promises: what a colleague said that they would do for a customer, and by when."""
