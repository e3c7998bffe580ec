"""Colleagues: who they are to the bot, and in which language they are spoken to."""
