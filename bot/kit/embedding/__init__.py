"""Texts as vectors, so that they can be compared by meaning."""
