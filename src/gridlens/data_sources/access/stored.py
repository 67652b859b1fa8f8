"""Rules as they are stored: one document a source, and beside it the tables that arrived since."""

from collections.abc import Iterable
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.data_sources.access.rules import Place, Rule, Rules
from gridlens.data_sources.models import SourceAccess


def read(text: str) -> Rules:
    return msgspec.json.decode(text, type=tuple[Rule, ...])


def written(rules: Rules) -> str:
    return msgspec.json.encode(rules).decode()


def read_arrivals(text: str) -> frozenset[Place]:
    return frozenset(msgspec.json.decode(text, type=tuple[Place, ...]))


def written_arrivals(places: Iterable[Place]) -> str:
    return msgspec.json.encode(sorted(places, key=str)).decode()


async def access_of(session: AsyncSession, source_id: UUID) -> tuple[Rules, frozenset[Place]]:
    """The rules of a source, and the tables that arrived while there were rules."""
    stored = await session.get(SourceAccess, source_id)
    return (read(stored.rules), read_arrivals(stored.arrivals)) if stored else ((), frozenset())


async def note_arrivals(
    session: AsyncSession, source_id: UUID, before: frozenset[Place], now: frozenset[Place]
) -> None:
    """Keep in mind, in the caller's transaction, which tables a new catalog brings under rules.

    Whoever edits the rules meanwhile is told that they changed, so that nothing is let through unseen.
    """
    stored = await session.get(SourceAccess, source_id, with_for_update=True)
    if stored is None:
        return
    known = read_arrivals(stored.arrivals)
    arrivals = (known | (now - before)) & now if read(stored.rules) else frozenset()
    if arrivals != known:
        stored.arrivals, stored.version = written_arrivals(arrivals), stored.version + 1
