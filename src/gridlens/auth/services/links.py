"""One-time links: the token stands in the fragment, which browsers send to no server."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.errors import LinkNotValid
from gridlens.auth.keys import fingerprint, new_token
from gridlens.auth.models import LinkKind, MailedLink
from gridlens.auth.services.ground import Ground

LASTS = {
    LinkKind.SET_UP: timedelta(days=1),
    LinkKind.INVITATION: timedelta(days=3),
    LinkKind.RESET: timedelta(minutes=30),
    LinkKind.ENROLMENT: timedelta(days=1),
    LinkKind.EMAIL_CHANGE: timedelta(hours=1),
}
PAGES = {
    LinkKind.SET_UP: "set-up",
    LinkKind.INVITATION: "invitation",
    LinkKind.RESET: "reset-password",
    LinkKind.ENROLMENT: "enrol",
    LinkKind.EMAIL_CHANGE: "confirm-email",
}


class Links:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def issue(
        self, session: AsyncSession, kind: LinkKind, user_id: UUID | None, new_email: str | None = None
    ) -> str:
        """The address of a new link; an older one of this kind and user stops working."""
        await session.execute(
            delete(MailedLink).where(MailedLink.kind == kind, MailedLink.user_id == user_id)
        )
        token = new_token()
        expires_at = self._ground.clock() + LASTS[kind]
        session.add(
            MailedLink(
                kind=kind,
                user_id=user_id,
                token_hash=fingerprint(token),
                new_email=new_email,
                expires_at=expires_at,
            )
        )
        await session.flush()
        return f"{self._ground.settings.address}/{PAGES[kind]}#{token}"

    async def find(self, session: AsyncSession, kind: LinkKind, token: str) -> MailedLink:
        link = await session.scalar(
            select(MailedLink).where(
                MailedLink.token_hash == fingerprint(token),
                MailedLink.kind == kind,
                MailedLink.used_at.is_(None),
                MailedLink.expires_at > self._ground.clock(),
            )
        )
        if link is None:
            raise LinkNotValid
        return link

    async def use(self, session: AsyncSession, kind: LinkKind, token: str) -> MailedLink:
        """The link, spent; of two who use it at once only one gets it."""
        link = await self.find(session, kind, token)
        spent: Any = await session.execute(
            update(MailedLink)
            .where(MailedLink.id == link.id, MailedLink.used_at.is_(None))
            .values(used_at=self._ground.clock()),
            execution_options={"synchronize_session": False},
        )
        if not spent.rowcount:
            raise LinkNotValid
        return link

    async def forget_old(self) -> None:
        async with self._ground.transaction() as session:
            await session.execute(delete(MailedLink).where(MailedLink.expires_at < self._ground.clock()))
