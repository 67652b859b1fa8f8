"""Files of sources and uploads in the data directory. Their names are ours, never a user's."""

import secrets
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from gridlens.data_sources.errors import FileRefused


class Storage:
    """Where things lie. ``roots`` are the folders whose database files may be connected by path."""

    def __init__(self, data_dir: Path, roots: Sequence[str]) -> None:
        self._data_dir = data_dir.resolve()
        self._roots = tuple(Path(root).expanduser().resolve() for root in roots)

    @property
    def roots(self) -> tuple[Path, ...]:
        return self._roots

    @property
    def sources(self) -> Path:
        return self._data_dir / "sources"

    @property
    def uploads(self) -> Path:
        return self._data_dir / "uploads"

    def source_file(self, source_id: UUID, name: str) -> Path:
        return self.sources / source_id.hex / name

    def new_file(self, source_id: UUID, version: int) -> Path:
        """A path nobody has used; two writers of one version do not meet."""
        folder = self.sources / source_id.hex
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / f"{version}-{secrets.token_hex(4)}.duckdb"

    def upload_file(self, upload_id: UUID) -> Path:
        self.uploads.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.uploads / upload_id.hex

    def remove_source(self, source_id: UUID) -> None:
        shutil.rmtree(self.sources / source_id.hex, ignore_errors=True)

    def remove_orphans(self, current: Mapping[UUID, str | None], before: datetime) -> None:
        """Remove files from before then that are no source's current one."""
        wanted = {source_id.hex: name for source_id, name in current.items()}
        for folder in self.sources.glob("*"):
            for path in folder.glob("*"):
                if path.name != wanted.get(folder.name) and path.stat().st_mtime < before.timestamp():
                    path.unlink(missing_ok=True)
            if folder.name not in wanted:
                with suppress(OSError):  # it holds something that is not old yet
                    folder.rmdir()

    def listed_file(self, path: str) -> Path:
        """The real file behind a path, which must lie in a listed folder and outside our own data."""
        try:
            real = Path(path).resolve(strict=True)
            is_file = real.is_file()
        except (OSError, ValueError, RuntimeError):
            is_file = False
            real = Path(path)
        inside = any(real.is_relative_to(root) for root in self._roots)
        # One answer for what is missing and what is outside: paths of the server are nobody's to explore.
        if not is_file or not inside or real.is_relative_to(self._data_dir):
            raise FileRefused(
                f"There is no file “{path}” in a folder that may be connected. Check the path, or ask the "
                "operator of this server to list its folder in GRIDLENS_FILE_ROOTS.",
                fields={"path": "not in a listed folder"},
            )
        return real
