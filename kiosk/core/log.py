"""Logs: one line an event on standard error, with its facts as key=value. Never a PIN, a token or a visitor's words."""

import logging
import secrets
import sys

import structlog


def configure(level: str) -> None:
    """Send every log of the process, ours and the libraries', through one format from `level` on."""
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "logger", "event"]),
        ],
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for chatty in ("granian.access", "engineio", "socketio", "asyncio", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def reference() -> str:
    """Eight characters that a person can read out, to find the line in the log."""
    return secrets.token_hex(4)
