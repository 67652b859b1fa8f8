"""What auth answers, what it listens to, and the work it does by the clock."""

from sqlalchemy import select

from gridlens.auth.models import Group as StoredGroup
from gridlens.auth.models import User, UserState
from gridlens.auth.services.accounts import MailReset
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.services.rights import principal_of_user
from gridlens.core.jobs import Job
from gridlens.core.module import Core
from gridlens.core.outbox import first_time
from gridlens.core.principal import Principal
from gridlens.shared.auth import ActionAudited, FindPrincipal, Group, ListGroups, ListPeople, Person


class ForgetExpired(Job, frozen=True, kw_only=True, tag="auth.forget_expired"):
    """Drop sessions, links, tokens and counters whose time is over."""


class SignAuditHead(Job, frozen=True, kw_only=True, tag="auth.sign_audit_head"):
    """Sign the end of the audit chain."""


def connect(core: Core, auth: AuthServices) -> None:
    _answer(core)
    _listen(core, auth)
    _work(core, auth)


def _answer(core: Core) -> None:
    @core.bus.answers(FindPrincipal)
    async def find_principal(question: FindPrincipal) -> Principal | None:
        async with core.database.transaction() as session:
            user = await session.get(User, question.user_id)
        return principal_of_user(user) if user and user.state == UserState.ACTIVE else None

    @core.bus.answers(ListPeople)
    async def list_people(question: ListPeople) -> tuple[Person, ...]:
        async with core.database.transaction() as session:
            users = await session.scalars(
                select(User)
                .where(
                    User.organisation_id == question.principal.organisation_id,
                    User.state == UserState.ACTIVE,
                )
                .order_by(User.name, User.id)
            )
            return tuple(Person(user_id=each.id, name=each.name, email=each.email) for each in users)

    @core.bus.answers(ListGroups)
    async def list_groups(question: ListGroups) -> tuple[Group, ...]:
        async with core.database.transaction() as session:
            found = await session.scalars(
                select(StoredGroup)
                .where(StoredGroup.organisation_id == question.principal.organisation_id)
                .order_by(StoredGroup.name, StoredGroup.id)
            )
            return tuple(Group(group_id=each.id, name=each.name) for each in found)


def _listen(core: Core, auth: AuthServices) -> None:
    @core.bus.on(ActionAudited)
    async def record(event: ActionAudited) -> None:
        async with core.database.transaction() as session:
            if not await first_time(session, event, "auth.record"):
                return
            await auth.ground.audit.append(
                session,
                event.action,
                organisation_id=event.organisation_id,
                user_id=event.user_id,
                subject=event.subject,
                at=event.occurred_at,
                detail=event.detail,
            )


def _work(core: Core, auth: AuthServices) -> None:
    core.jobs.handles(MailReset)(auth.accounts.mail_reset)

    @core.jobs.handles(SignAuditHead)
    async def sign_audit_head(_job: SignAuditHead) -> None:
        await auth.audit_signer.sign()

    @core.jobs.handles(ForgetExpired)
    async def forget_expired(_job: ForgetExpired) -> None:
        for part in (
            auth.half_logins,
            auth.sessions,
            auth.devices,
            auth.links,
            auth.attempts,
            auth.access_tokens,
        ):
            await part.forget_old()

    core.jobs.declare(name="auth.sign_audit_head", cron="*/5 * * * *", zone="UTC", job=SignAuditHead())
    core.jobs.declare(name="auth.forget_expired", cron="7 * * * *", zone="UTC", job=ForgetExpired())
