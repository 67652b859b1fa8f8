"""Log lines tell what failed and keep to themselves what the variables held."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from gridlens.core.config import Settings
from gridlens.core.logging import configure_logging


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("log_format", ["pretty", "json"])
def test_a_traceback_shows_where_and_not_what(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(log_format=log_format))  # type: ignore[arg-type]
    secret = "".join(("hunter", "2"))

    try:
        raise ValueError("sign-in failed")
    except ValueError:
        structlog.get_logger().exception("failed")

    written = capsys.readouterr().err
    assert "sign-in failed" in written
    assert "test_a_traceback_shows_where_and_not_what" in written
    assert secret not in written
