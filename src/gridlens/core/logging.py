"""Log lines with the request they belong to: coloured for people, JSON for machines."""

import logging
import sys

import structlog
from structlog.dev import plain_traceback
from structlog.processors import ExceptionRenderer
from structlog.tracebacks import ExceptionDictTransformer

from gridlens.core.config import Settings

WITHOUT_LOCALS = ExceptionDictTransformer(show_locals=False)
"""The variables of a frame may be passwords, codes and letters; a log has no business with them."""


def configure_logging(settings: Settings) -> None:
    """Send our log lines and those of libraries through one pipe to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    for_people = settings.log_format == "pretty"
    last: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain_traceback)]
        if for_people
        else [ExceptionRenderer(WITHOUT_LOCALS), structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    chatty = (
        "httpx",
        "httpcore",
        "choreographer",
        "kaleido",
        "mail.log",
        "asyncio",
        "alembic",
    )
    for name in chatty:
        logging.getLogger(name).setLevel(logging.WARNING)
