"""Structured log lines on standard error: Dibs' own by structlog, those of the libraries through the same renderer.

No line carries a credential or the text of a message: what is logged is named field by field where it is logged.
"""

import logging
import sys
from typing import Any

import msgspec
import structlog
from structlog.typing import EventDict, Processor

from dibs.settings import Settings

# Libraries that say at "info" what only their authors want to know.
QUIET = ("alembic", "asyncio", "httpx", "httpcore", "py3langid", "websockets", "uvicorn.access")

_OBVIOUS = ("Started server", "Finished server", "Waiting for application", "Application ", "Uvicorn running")


def configure(settings: Settings) -> None:
    """Sets up logging of this process; calling it again changes it."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    is_json = settings.log_format == "json"
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    renderer: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(serializer=_encode)]
        if is_json
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    structlog.configure(
        processors=[*shared, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    uvicorn = logging.getLogger("uvicorn")
    uvicorn.handlers, uvicorn.propagate = [], True
    logging.getLogger("uvicorn.error").addFilter(_without_the_obvious)


def _encode(event: EventDict, **_: Any) -> str:
    return msgspec.json.encode(event, enc_hook=repr).decode()


def _without_the_obvious(record: logging.LogRecord) -> bool:
    # uvicorn says it in several lines; serving.py says it in one.
    return not str(record.msg).startswith(_OBVIOUS)
