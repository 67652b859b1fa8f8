"""Who may do what with a source, checked where it is done."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.errors import Refused
from gridlens.core.principal import Principal
from gridlens.data_sources.errors import SourceNotFound
from gridlens.data_sources.models import Source
from gridlens.shared.permissions import Permission


def require(principal: Principal, permission: Permission) -> None:
    if not principal.may(permission):
        raise Refused(
            f"Your role “{principal.role}” does not include this ({permission}). Ask an administrator if you "
            "need it."
        )


async def find_source(session: AsyncSession, organisation_id: UUID, source_id: UUID) -> Source:
    """The source, when it is the organisation's; another's does not exist."""
    source = await session.scalar(
        select(Source).where(Source.id == source_id, Source.organisation_id == organisation_id)
    )
    if source is None:
        raise SourceNotFound
    return source
