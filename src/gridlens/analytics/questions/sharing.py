"""With whom a question is shared."""

from uuid import UUID

from sqlalchemy import delete, select

from gridlens.analytics.errors import NobodyToShareWith
from gridlens.analytics.models import QuestionShare
from gridlens.analytics.people import people_by_id
from gridlens.analytics.questions.reading import find_own
from gridlens.core.database import Database
from gridlens.core.events import Bus
from gridlens.core.outbox import Outbox
from gridlens.core.principal import Principal
from gridlens.shared.auth import ActionAudited
from gridlens.shared.sharing import Shares, granted, shares_of, strangers


class QuestionSharing:
    """Opens a question, with its charts, to people and roles of its organisation; the owner decides."""

    def __init__(self, database: Database, bus: Bus, outbox: Outbox) -> None:
        self._database = database
        self._bus = bus
        self._outbox = outbox

    async def shares(self, principal: Principal, question_id: UUID) -> Shares:
        async with self._database.transaction() as session:
            row = await find_own(session, principal, question_id)
            stored = await session.execute(
                select(QuestionShare.grantee, QuestionShare.access)
                .where(QuestionShare.question_id == row.id)
                .order_by(QuestionShare.grantee)
            )
            return shares_of((grantee, access) for grantee, access in stored)

    async def share(self, principal: Principal, question_id: UUID, shares: Shares) -> Shares:
        """Replace the whole list: who is no longer on it sees the question only on dashboards."""
        unknown = strangers(shares, await people_by_id(self._bus, principal))
        if unknown:
            raise NobodyToShareWith(
                "One of these people is not in your organisation. Nothing was shared; choose again.",
                fields=unknown,
            )
        accesses = granted(shares)
        async with self._database.transaction() as session:
            row = await find_own(session, principal, question_id)
            await session.execute(delete(QuestionShare).where(QuestionShare.question_id == row.id))
            session.add_all(
                QuestionShare(
                    organisation_id=row.organisation_id, question_id=row.id, grantee=grantee, access=access
                )
                for grantee, access in accesses.items()
            )
            self._outbox.save(
                session,
                ActionAudited(
                    organisation_id=principal.organisation_id,
                    user_id=principal.user_id,
                    action="question.shared",
                    subject=f"question:{row.id}",
                    detail={"name": row.name, **accesses},
                ),
            )
        return await self.shares(principal, question_id)
