"""The browser application: its page with a fresh nonce, and its assets, compressed once."""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from gridlens.core.http.access import public
from gridlens.core.http.headers import NONCE_KEY

STATIC = Path(__file__).parent.parent.parent / "static"
NONCE_MARK = "__CSP_NONCE__"
FOR_A_YEAR = "public, max-age=31536000, immutable"
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain",
}
WORTH_COMPRESSING = {".js", ".css", ".svg", ".json", ".txt"}

NOT_BUILT = (
    "<!doctype html><title>Gridlens</title><p>The browser application is not built. "
    "Run <code>uv sync --reinstall-package gridlens</code> without GRIDLENS_SKIP_WEB, "
    "or use the API at <a href='/api/v1/openapi.json'>/api/v1/openapi.json</a>.</p>"
)


@get("/assets/{file:path}", guards=[public], include_in_schema=False, sync_to_thread=True)
def asset(file: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
    """A hashed file of the browser application."""
    accepts_gzip = "gzip" in request.headers.get("accept-encoding", "")
    return _file(f"assets/{file.lstrip('/')}", accepts_gzip=accepts_gzip, cache_control=FOR_A_YEAR)


@get(["/", "/{path:path}"], guards=[public], include_in_schema=False, sync_to_thread=False)
def page(request: Request[Any, Any, Any]) -> Response[Any]:
    """The application's page for every address that is neither API nor file."""
    path = request.url.path
    if path.startswith(("/api/", "/health/")):
        raise NotFoundException
    if "." in path.rsplit("/", 1)[-1] and not path.endswith(".html"):
        return _file(path.lstrip("/"), accepts_gzip=False, cache_control="public, max-age=3600")
    html = _index(_changed_at()).replace(NONCE_MARK, request.scope["state"][NONCE_KEY])
    return Response(html, media_type="text/html", headers={"Cache-Control": "no-store"})


def _file(name: str, *, accepts_gzip: bool, cache_control: str) -> Response[bytes]:
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or path.name.startswith(".") or not path.is_file():
        raise NotFoundException
    is_gzip = accepts_gzip and path.suffix in WORTH_COMPRESSING
    headers = {"Cache-Control": cache_control, "Vary": "Accept-Encoding"}
    if is_gzip:
        headers["Content-Encoding"] = "gzip"
    media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
    return Response(_content(path, is_gzip=is_gzip), media_type=media_type, headers=headers)


@lru_cache(maxsize=256)
def _content(path: Path, *, is_gzip: bool) -> bytes:
    return gzip.compress(path.read_bytes(), 9) if is_gzip else path.read_bytes()


def _changed_at() -> float:
    """A new build of the application shows itself without a restart."""
    index = STATIC / "index.html"
    return index.stat().st_mtime if index.exists() else 0.0


@lru_cache(maxsize=1)
def _index(changed_at: float) -> str:
    return (STATIC / "index.html").read_text(encoding="utf-8") if changed_at else NOT_BUILT
