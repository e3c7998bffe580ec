"""A colleague's first day: a welcome, a language, working hours, and one question."""
