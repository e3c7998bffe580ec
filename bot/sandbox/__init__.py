"""A Slack of one's own: what `acht sandbox` shows in a browser, and what every test runs against.

It knows Slack and nothing of delight: no feature of the bot is imported here.
"""
