"""Logs: readable in a terminal, JSON elsewhere. Never a message's text, a name, a token or a customer's data."""

import logging
import sys
from typing import Any

import structlog


def set_up(level: str) -> None:
    """structlog for our own lines and for those of the libraries."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    in_terminal = sys.stderr.isatty()
    # Plain tracebacks: the pretty ones show local variables, and those hold what people wrote, and tokens.
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    renderer = plain if in_terminal else structlog.processors.JSONRenderer()
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if not in_terminal:
        last.append(structlog.processors.format_exc_info)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[*last, renderer]))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Libraries say more than we may: Bolt's verifier logs whole bodies, aiohttp every request, openai its prompts.
    for name in (
        "slack_bolt",
        "slack_sdk",
        "aiohttp",
        "apscheduler",
        "alembic",
        "openai",
        "httpx2",
        "asyncio",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
