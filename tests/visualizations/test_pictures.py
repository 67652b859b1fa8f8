"""Pictures by the real browser of this machine."""

import asyncio
import os
import signal
import struct
from pathlib import Path

import msgspec
import polars as pl
import pytest

from gridlens.core.module import make_core
from gridlens.shared.visualizations import DrawPicture, Figure
from gridlens.visualizations import connect, pictures_of
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.pictures import NO_CHROMIUM, Pictures, find_chromium, on_paper
from gridlens.visualizations.spec import ChartKind, ChartSpec

pytestmark = pytest.mark.anyio


@pytest.fixture
def figure(analytics) -> Figure:
    content = draw("Load", ChartSpec(kind=ChartKind.STEP), analytics.result, "dark").content
    assert isinstance(content, Figure)
    return content


@pytest.fixture
def hostile(answer, every) -> Figure:
    """A figure whose series are named with markup."""
    at = every("1h", "2026-06-15T00:00", 2)
    sites = ["<a href='https://evil.example/'>x</a>"] * 2 + ["B"] * 2
    frame = pl.DataFrame({"at": [*at, *at], "site": sites, "load": [1.0, 2.0, 3.0, 4.0]})
    content = draw("Sites", ChartSpec(kind=ChartKind.LINE), answer(frame, load="MW")).content
    assert isinstance(content, Figure)
    return content


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


async def test_one_browser_draws_picture_after_picture_and_closes_when_idle(figure, hostile, chromium):
    pictures = Pictures(str(chromium), idle_seconds=0.2)
    try:
        png = await pictures.draw(figure, width=400, height=200, scale=2.0, file_format="png")
        browser = pictures._browser
        assert browser is not None
        svg = await pictures.draw(hostile, width=400, height=200, scale=1.0, file_format="svg")
        assert pictures._browser is browser

        assert png.content is not None
        assert size_of(png.content) == (800, 400)
        assert (png.media_type, svg.media_type) == ("image/png", "image/svg+xml")
        # What the data calls its sites is text in a picture, and never a link.
        assert svg.content is not None
        assert b"&#60;a href=" in svg.content
        assert b"<a " not in svg.content
        async with asyncio.timeout(20):
            while browser.subprocess.poll() is None:
                await asyncio.sleep(0.1)
        assert not pictures.is_open
    finally:
        await pictures.close()


async def test_a_browser_that_died_is_replaced(figure, chromium):
    pictures = Pictures(str(chromium))
    try:
        await pictures.draw(figure, width=200, height=160, scale=1.0, file_format="png")
        assert pictures._browser is not None
        process = pictures._browser.subprocess
        os.kill(process.pid, signal.SIGKILL)
        process.wait(5)

        again = await pictures.draw(figure, width=200, height=160, scale=1.0, file_format="png")

        assert again.content is not None
        assert size_of(again.content) == (200, 160)
    finally:
        await pictures.close()


async def test_without_a_browser_the_reason_says_how_to_get_one(figure, tmp_path: Path):
    picture = await Pictures(str(tmp_path / "nothing")).draw(
        figure, width=200, height=160, scale=1.0, file_format="png"
    )

    assert picture.content is None
    assert "apt-get install chromium" in (picture.unavailable or "")
    assert "GRIDLENS_CHROMIUM_PATH" in (picture.unavailable or "")


async def test_a_program_that_is_no_browser_is_a_reason_and_not_an_error(figure):
    pictures = Pictures("/bin/false")

    picture = await pictures.draw(figure, width=200, height=160, scale=1.0, file_format="png")

    assert picture.content is None
    assert "/bin/false could not draw it" in (picture.unavailable or "")
    assert not pictures.is_open
    await pictures.close()


async def test_the_bus_is_answered_with_the_browser_that_the_settings_name(settings, figure, tmp_path):
    core = make_core(msgspec.structs.replace(settings, chromium_path=str(tmp_path / "nothing")))
    connect(core)

    picture = await core.bus.request(DrawPicture(figure=figure, width=200, height=160))

    assert picture.unavailable == NO_CHROMIUM
    await pictures_of(core).close()
    await core.database.close()


def test_a_picture_stands_on_the_surface_of_its_theme(figure):
    assert on_paper(figure)["layout"]["paper_bgcolor"] == "#15181B"
    assert on_paper(Figure(plotly=msgspec.Raw(b'{"data":[]}')))["layout"]["paper_bgcolor"] == "#FFFFFF"


def test_the_chosen_program_is_taken_or_none(tmp_path: Path):
    program = tmp_path / "chrome"
    program.touch()

    assert find_chromium(str(program)) == program
    assert find_chromium(str(tmp_path / "missing")) is None
