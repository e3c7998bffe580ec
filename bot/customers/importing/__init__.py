"""Customers from a file of comma-separated values, made ready by another system.

A customer is known by the organisation's own reference: without one a line is left out, because two people may share
a name and a birthday, and the same file must change nothing when it is brought in again.
"""
