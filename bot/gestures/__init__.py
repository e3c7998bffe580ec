"""Something small and personal for one customer: what there is, what may be, what fits, and how it is said."""
