"""Rules as they are stored: one document a source."""

from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.data_sources.access.rules import Rule, Rules
from gridlens.data_sources.models import SourceAccess


def read(text: str) -> Rules:
    return msgspec.json.decode(text, type=tuple[Rule, ...])


def written(rules: Rules) -> str:
    return msgspec.json.encode(rules).decode()


async def rules_of(session: AsyncSession, source_id: UUID) -> Rules:
    text = await session.scalar(select(SourceAccess.rules).where(SourceAccess.source_id == source_id))
    return read(text) if text else ()
