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
        raise principal.lacks(permission)


async def find_source(session: AsyncSession, organisation_id: UUID, source_id: UUID) -> Source:
    """The source, when it is the organisation's; another's does not exist."""
    source = await session.scalar(
        select(Source).where(Source.id == source_id, Source.organisation_id == organisation_id)
    )
    if source is None:
        raise SourceNotFound
    return source


async def find_own(session: AsyncSession, principal: Principal, source_id: UUID) -> Source:
    """The source, for somebody who may change what it leads to or holds: its owner or an administrator."""
    source = await find_source(session, principal.organisation_id, source_id)
    if source.owner_id != principal.user_id and not principal.may(Permission.MANAGE_ACCESS):
        raise Refused(
            "Only whoever connected this source or an administrator may change it or take it away. Ask one "
            "of them, or connect a source of your own."
        )
    return source
