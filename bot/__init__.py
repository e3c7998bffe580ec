"""Acht: a Slack bot that coaches front-line colleagues from satisfied to delighted customers."""
