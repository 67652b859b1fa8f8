"""Figures as PNG or SVG, drawn by a Chromium that is found on the machine and kept open while it is used."""

import asyncio
import shutil
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import structlog

from gridlens.shared.visualizations import Figure, Picture

if TYPE_CHECKING:
    from kaleido import Kaleido

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "brave-browser",
)
START_SECONDS = 45.0
DRAW_SECONDS = 30.0
CLOSE_SECONDS = 10.0
WAIT_SECONDS = 120.0
IDLE_SECONDS = 300.0
MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml"}
NO_CHROMIUM = (
    "no Chromium was found on the server. Install one (Debian: apt-get install chromium) "
    "or set GRIDLENS_CHROMIUM_PATH to its program."
)
BUSY = "too many pictures are being drawn. Try again in a few minutes."
# Nothing on the page is to be loaded from anywhere; what tries to ends at this closed port.
NOWHERE = "http://127.0.0.1:9"

log = structlog.get_logger()

FileFormat = Literal["png", "svg"]


def find_chromium(chosen: str = "") -> Path | None:
    """The program that draws pictures: the chosen one or none, else the first one on the machine."""
    if chosen:
        path = Path(chosen)
        return path if path.is_file() else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    from choreographer.browsers import Chromium

    # Knows where browsers lie on Windows and macOS, which keep them off the path.
    usual = Chromium.find_browser(skip_local=True)
    return Path(usual) if usual else None


class Pictures:
    """One browser for the process: started by the first picture, closed when idle and at the end."""

    def __init__(
        self,
        chromium_path: str = "",
        *,
        idle_seconds: float = IDLE_SECONDS,
        draw_seconds: float = DRAW_SECONDS,
    ) -> None:
        self._chosen = chromium_path
        self._idle_seconds = idle_seconds
        self._draw_seconds = draw_seconds
        self._one_at_a_time = asyncio.Lock()
        self._browser: Kaleido | None = None
        self._closing: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        return self._browser is not None

    async def draw(
        self, figure: Figure, *, width: int, height: int, scale: float, file_format: FileFormat
    ) -> Picture:
        """The picture, or why there is none: a missing picture must not cost the report around it."""
        media_type = MEDIA_TYPES[file_format]
        path = await asyncio.to_thread(find_chromium, self._chosen)
        if path is None:
            return Picture(content=None, media_type=media_type, unavailable=NO_CHROMIUM)
        options = {"format": file_format, "width": width, "height": height, "scale": scale}
        content = on_paper(figure)
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._one_at_a_time.acquire()
        except TimeoutError:
            return Picture(content=None, media_type=media_type, unavailable=BUSY)
        try:
            if self._closing is not None:
                self._closing.cancel()
            drawn = await self._drawn(path, content, options)
        except Exception as error:  # whatever a browser dies of, the asker gets a reason
            log.warning("picture_failed", error=f"{type(error).__name__}: {error}", browser=str(path))
            return Picture(content=None, media_type=media_type, unavailable=_reason(error, path))
        finally:
            self._closing = asyncio.create_task(self._close_when_idle())
            self._one_at_a_time.release()
        return Picture(content=drawn, media_type=media_type)

    async def _drawn(self, path: Path, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        """Drawn at the first try, or at a second one with a new browser: the kept one may have died."""
        was_open = self._browser is not None
        try:
            return await self._draw_once(path, figure, options)
        except Exception:
            await self._close()
            if not was_open:
                raise
        try:
            return await self._draw_once(path, figure, options)
        except Exception:
            await self._close()
            raise

    async def _draw_once(self, path: Path, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        if self._browser is not None and self._browser.subprocess.poll() is not None:
            await self._close()
        if self._browser is None:
            self._browser = await self._opened(path)
        async with asyncio.timeout(self._draw_seconds):
            drawn: bytes = await self._browser.calc_fig(figure, opts=options)
        return drawn

    async def _opened(self, path: Path) -> "Kaleido":
        kaleido = await asyncio.to_thread(_library)
        browser: Kaleido = kaleido.Kaleido(
            n=1,
            timeout=self._draw_seconds,
            path=str(path),
            # From our own packages; left out, either would be fetched from the network.
            plotlyjs=_plotly_js(),
            mathjax=False,
            proxy_server=NOWHERE,
            enable_extensions=False,
        )
        try:
            async with asyncio.timeout(START_SECONDS):
                await browser.open()
        except BaseException:
            await _end(browser)
            raise
        log.info("picture_browser_opened", browser=str(path))
        return browser

    async def _close_when_idle(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        async with self._one_at_a_time:
            await self._close()

    async def _close(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            await _end(browser)

    async def close(self) -> None:
        """End the browser with the application."""
        if self._closing is not None:
            self._closing.cancel()
            await asyncio.gather(self._closing, return_exceptions=True)
        async with self._one_at_a_time:
            await self._close()


def on_paper(figure: Figure) -> dict[str, Any]:
    """The figure on the surface it was drawn for: a picture has no page behind it to shine through."""
    plotly: dict[str, Any] = msgspec.json.decode(figure.plotly)
    layout = plotly.setdefault("layout", {})
    layout["paper_bgcolor"] = layout.get("meta", {}).get("surface", "#FFFFFF")
    return plotly


def _library() -> Any:
    """Importing takes a second or two, and only where pictures are drawn."""
    import kaleido

    return kaleido


def _plotly_js() -> Path:
    spec = find_spec("plotly")
    assert spec is not None  # noqa: S101 - a dependency of ours
    assert spec.origin is not None  # noqa: S101
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


async def _end(browser: "Kaleido") -> None:
    """Close it in good manners, and by force when it does not answer."""
    process = getattr(browser, "subprocess", None)
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await browser.close()
    except Exception as error:
        log.warning("picture_browser_killed", error=f"{type(error).__name__}: {error}")
    if process is not None and process.poll() is None:
        with suppress(ProcessLookupError):
            process.kill()


def _reason(error: Exception, path: Path) -> str:
    if isinstance(error, TimeoutError):
        return "the browser that draws it took too long. Try again later."
    kind = type(error).__name__
    return f"the browser at {path} could not draw it ({kind}). Run “gridlens doctor” on the server."
