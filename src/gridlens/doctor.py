"""What works on this machine, what is missing, and how to get it."""

import os
import shutil
import sqlite3
from dataclasses import dataclass

from gridlens.core.config import Settings, unknown_variables

FREE_BYTES_WANTED = 1_073_741_824


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: whether it works, the facts, and what to do when it does not."""

    part: str
    works: bool
    detail: str
    remedy: str = ""
    is_needed: bool = False


async def examine(settings: Settings) -> list[Finding]:
    """Try every part for real; nothing is changed but a first start's data directory."""
    return [
        *_settings(),
        _data_dir(settings),
        *_master_key(settings),
        await _database(settings),
        *await _rate_limits(settings),
        await _mail(settings),
        _chromium(settings),
        _browser_application(),
    ]


def _settings() -> list[Finding]:
    """Only trouble is told: a variable that means nothing is a setting that does not work."""
    return [
        Finding(
            "settings",
            works=False,
            detail=f"{name} is no setting of this release",
            remedy="Correct its name (the README lists them all), or remove it.",
        )
        for name in unknown_variables(os.environ)
    ]


async def _rate_limits(settings: Settings) -> list[Finding]:
    """Nothing to say of one process, which counts in memory."""
    if not settings.rate_limit_url:
        if settings.workers == 1:
            return []
        return [
            Finding(
                "rate limits",
                works=False,
                detail=f"each of {settings.workers} processes counts for itself",
                remedy="Let them count together: GRIDLENS_RATE_LIMIT_URL=redis://host:6379.",
            )
        ]
    from gridlens.core.http.limits import open_store

    is_there = await open_store(settings.rate_limit_url).check()
    return [
        Finding(
            "rate limits",
            works=is_there,
            detail="shared through Redis" if is_there else "Redis does not answer; each process counts alone",
            remedy="" if is_there else "Check GRIDLENS_RATE_LIMIT_URL, and that the server runs.",
        )
    ]


def _data_dir(settings: Settings) -> Finding:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        free = shutil.disk_usage(settings.data_dir).free
    except OSError as error:
        return Finding(
            "data directory",
            works=False,
            detail=f"{settings.data_dir}: {error.strerror}",
            remedy="Choose a folder that can be written with GRIDLENS_DATA_DIR.",
            is_needed=True,
        )
    enough = free > FREE_BYTES_WANTED
    return Finding(
        "data directory",
        works=enough,
        detail=f"{settings.data_dir}, {free / 1e9:.1f} GB free",
        remedy="" if enough else "Free some space, or choose another folder with GRIDLENS_DATA_DIR.",
    )


def _master_key(settings: Settings) -> list[Finding]:
    """Nothing to say before a first start, which makes one."""
    from gridlens.core.security.files import UnsafeFile, load_key

    if not settings.master_key.exists():
        return []
    try:
        load_key(settings.master_key)
    except (UnsafeFile, OSError) as error:
        return [
            Finding(
                "master key",
                works=False,
                detail=str(error),
                remedy="Put the key that this installation was made with back into its place.",
                is_needed=True,
            )
        ]
    return [Finding("master key", works=True, detail=str(settings.master_key), is_needed=True)]


async def _database(settings: Settings) -> Finding:
    from gridlens.core.database import Database

    database = Database(settings.database)
    try:
        reason = await database.is_ready(5.0)
    finally:
        await database.close()
    name = (
        f"{database.dialect} {sqlite3.sqlite_version}" if database.dialect == "sqlite" else database.dialect
    )
    if reason:
        return Finding(
            "database",
            works=False,
            detail=f"{name}: {reason}",
            remedy="Check GRIDLENS_DATABASE_URL, and that the server runs and lets this user in.",
            is_needed=True,
        )
    return Finding("database", works=True, detail=f"{name} answers", is_needed=True)


async def _mail(settings: Settings) -> Finding:
    if not settings.smtp_host:
        return Finding(
            "mail",
            works=False,
            detail="no mail server is set; codes by mail and reports cannot be sent",
            remedy="Set GRIDLENS_SMTP_HOST and the settings that begin like it.",
        )
    import aiosmtplib

    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        async with aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            timeout=5,
        ) as server:
            if settings.smtp_user:
                await server.login(settings.smtp_user, settings.smtp_password)
    except (aiosmtplib.SMTPException, OSError) as error:
        return Finding(
            "mail",
            works=False,
            detail=f"{where}: {error}",
            remedy="Check host, port, GRIDLENS_SMTP_SECURITY and the account.",
        )
    return Finding("mail", works=True, detail=f"{where} answers")


def _chromium(settings: Settings) -> Finding:
    from gridlens.visualizations.pictures import find_chromium

    found = find_chromium(settings.chromium_path)
    if found:
        return Finding("chart pictures", works=True, detail=f"drawn by {found}")
    return Finding(
        "chart pictures",
        works=False,
        detail="no Chromium; reports carry tables instead of pictures",
        remedy="Install one (Debian: apt-get install chromium), or set GRIDLENS_CHROMIUM_PATH.",
    )


def _browser_application() -> Finding:
    from gridlens.core.http.pages import STATIC

    built = (STATIC / "index.html").exists()
    return Finding(
        "browser application",
        works=built,
        detail="built in" if built else "not built; only the API answers",
        remedy="" if built else "Install without GRIDLENS_SKIP_WEB set.",
    )
