"""The way in: password, then a second step, then a session; and the same again to step up."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.errors import (
    LinkNotValid,
    NotPossible,
    SignInRefused,
    TooManyAttempts,
    WrongPassword,
)
from gridlens.auth.models import (
    HalfLogin,
    HalfLoginPurpose,
    LinkKind,
    Organisation,
    TrustedDevice,
    User,
    UserState,
)
from gridlens.auth.services.attempts import Attempts, Counted, Reservation
from gridlens.auth.services.code_counter import CodeCounter
from gridlens.auth.services.devices import Devices
from gridlens.auth.services.emails import normalised_email
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.half_logins import HalfLogins
from gridlens.auth.services.links import Links
from gridlens.auth.services.passwords import Hasher
from gridlens.auth.services.second_steps import SecondSteps, needs_second_step
from gridlens.auth.services.sessions import Found, Sessions
from gridlens.auth.visit import Visit
from gridlens.core.errors import Unauthenticated
from gridlens.shared.auth import SignInBlocked, UserSignedIn


class SignIn:
    """Every method takes the visit with its cookies and returns it with those to set."""

    def __init__(
        self,
        ground: Ground,
        attempts: Attempts,
        hasher: Hasher,
        sessions: Sessions,
        devices: Devices,
        steps: SecondSteps,
        links: Links,
        half_logins: HalfLogins,
        code_counter: CodeCounter,
    ) -> None:
        self._ground = ground
        self._attempts = attempts
        self._hasher = hasher
        self._sessions = sessions
        self._devices = devices
        self._steps = steps
        self._links = links
        self._half_logins = half_logins
        self._code_counter = code_counter

    async def log_in(
        self, email: str, password: str, visit: Visit, *, enrolment_token: str | None = None
    ) -> Visit:
        """Check the password; the same refusal, as late, for every reason there is."""
        name = normalised_email(email)
        async with self._ground.transaction() as session:
            user = await session.scalar(select(User).where(User.email == name))
            device = await self._devices.recognise(session, visit, user)
        reservations, blocked = await self._reserve_password(name, device, visit)
        is_open = user is not None and user.state == UserState.ACTIVE and not blocked
        verdict = await self._hasher.verify(user.password_hash if user else None, password)
        if user is None or not is_open or not verdict.is_right:
            await self._record_refusal(user, name, visit, reservations)
            raise SignInRefused
        outdated = await self._hasher.hash(password) if verdict.is_outdated else None
        async with self._ground.transaction() as session:
            user, organisation = await self._current(session, user.id)
            await self._attempts.take_back(session, reservations)
            if outdated:
                user.password_hash = outdated
            may_enrol = False
            if enrolment_token:
                link = await self._links.use(session, LinkKind.ENROLMENT, enrolment_token)
                if link.user_id != user.id:
                    raise LinkNotValid
                may_enrol = True
            steps = await self._steps.of(session, user, organisation)
            if not needs_second_step(user, organisation, steps, password) and not may_enrol:
                return await self.enter(session, user, visit, aal=1, by="password")
            if device is not None and not may_enrol:
                cookie = await self._devices.use(session, device, user, visit)
                if cookie is not None:
                    entered = await self.enter(
                        session, user, visit, aal=2, by="trusted device", device_id=device.id
                    )
                    return replace(entered, device=cookie)
                visit = replace(visit, device=None)
            return await self._half_logins.open(session, user, visit, may_enrol=may_enrol)

    async def step_up(self, password: str, visit: Visit) -> Visit:
        """Begin to confirm who is signed in; ends in a new session id with fresh rights."""
        found = await self.signed_in(visit)
        await self.confirm_password(found, password)
        async with self._ground.transaction() as session:
            user, organisation = await self._current(session, found.user.id)
            steps = await self._steps.of(session, user, organisation)
            if needs_second_step(user, organisation, steps, password):
                return await self._half_logins.open(
                    session,
                    user,
                    visit,
                    purpose=HalfLoginPurpose.STEP_UP,
                    session_id=found.session.id,
                    device_id=found.session.device_id,
                )
            return await self.renew(session, visit, found.session.id, stepped_up_at=self._ground.clock())

    async def confirm_password(self, found: Found, password: str) -> None:
        """Check the password of somebody who is signed in, counted like any other try."""
        device_id = found.session.device_id
        subject = f"device:{device_id}" if device_id else self._account(found.user.email)
        reservation = await self._attempts.reserve(Counted.PASSWORD, subject)
        if not reservation.is_granted:
            raise TooManyAttempts(reservation.wait, "wrong passwords")
        verdict = await self._hasher.verify(found.user.password_hash, password)
        if not verdict.is_right:
            raise WrongPassword
        async with self._ground.transaction() as session:
            await self._attempts.take_back(session, [reservation])

    async def send_email_code(self, visit: Visit) -> None:
        async with self._ground.transaction() as session:
            way = await self._half_logins.need(session, visit)
            steps = await self._steps.of(session, way.user, way.organisation)
            if "email" not in steps.methods:
                raise NotPossible("Codes by mail are switched off for this account. Use another way.")
        sent = await self._attempts.reserve(Counted.EMAIL_CODE, str(way.user.id))
        if not sent.is_granted:
            raise TooManyAttempts(sent.wait, "code mails")
        async with self._ground.transaction() as session:
            await self._steps.send_email_code(session, way.user, way.half)

    async def pass_second_step(
        self, method: str, code: str, visit: Visit, *, trust_device: bool = False
    ) -> Visit:
        async with self._ground.transaction() as session:
            way = await self._half_logins.need(session, visit)
        async with (
            self._code_counter.counted(way, visit, method) as tried,
            self._ground.transaction() as session,
        ):
            user, organisation = await self._current(session, way.user.id)
            steps = await self._steps.of(session, user, organisation)
            tried.is_right = method in steps.methods and await self._steps.verify(
                session, user, way.half, method, code
            )
            if tried.is_right:
                await self._code_counter.settle(session, user, tried)
                visit = await self.complete(session, way.half, user, visit, method, trust_device)
        return visit

    async def log_out(self, visit: Visit) -> Visit:
        """End the session and any half-login of this browser; the device stays trusted."""
        found = await self._sessions.end_this(visit.session) if visit.session else None
        async with self._ground.transaction() as session:
            await self._half_logins.drop(session, visit)
            if found:
                await self._ground.audit.append(
                    session,
                    "auth.signed_out",
                    organisation_id=found.user.organisation_id,
                    user_id=found.user.id,
                    address=visit.network,
                )
        return replace(visit, session=None, half_login=None)

    # The pieces that set-up, invitations and enrolment put together as well.

    async def signed_in(self, visit: Visit) -> Found:
        found = await self._sessions.find(visit.session) if visit.session else None
        if found is None:
            raise Unauthenticated("You are not signed in, or your session has ended. Sign in and try again.")
        return found

    async def complete(
        self,
        session: AsyncSession,
        half: HalfLogin,
        user: User,
        visit: Visit,
        method: str,
        trust_device: bool,
    ) -> Visit:
        """Turn a half-login whose second step was passed into a session, or into a fresher one."""
        await self._half_logins.spend(session, half)
        visit = replace(visit, half_login=None)
        if half.purpose == HalfLoginPurpose.STEP_UP:
            visit = await self.renew(
                session, visit, half.session_id, stepped_up_at=self._ground.clock(), aal=2
            )
            await self._record(session, user, visit, "auth.stepped_up", by=method)
            return visit
        device_id = None
        if trust_device:
            device_id, cookie = await self._devices.trust(session, user, visit)
            visit = replace(visit, device=cookie)
        return await self.enter(session, user, visit, aal=2, by=method, device_id=device_id, stepped_up=True)

    async def enter(
        self,
        session: AsyncSession,
        user: User,
        visit: Visit,
        *,
        aal: int,
        by: str,
        device_id: UUID | None = None,
        stepped_up: bool = False,
    ) -> Visit:
        """Open the session, under a new id."""
        user.signed_in_at = self._ground.clock()
        await session.flush()
        token = await self._sessions.open(
            session, user, visit, aal=aal, stepped_up=stepped_up, device_id=device_id
        )
        self._ground.outbox.save(session, UserSignedIn(organisation_id=user.organisation_id, user_id=user.id))
        await self._record(session, user, visit, "auth.signed_in", by=by)
        return replace(visit, session=token, half_login=None)

    async def renew(
        self, session: AsyncSession, visit: Visit, session_id: UUID | None, **changed: object
    ) -> Visit:
        """Give this browser's session a new id, with changed columns."""
        token = await self._sessions.renew(session, session_id, visit.session or "", **changed)
        if token is None:
            raise Unauthenticated("Your session has ended. Sign in and try again.")
        return replace(visit, session=token)

    async def _current(self, session: AsyncSession, user_id: UUID) -> tuple[User, Organisation]:
        """The user as of this transaction: locked meanwhile means out."""
        row = (
            await session.execute(
                select(User, Organisation)
                .join(Organisation, Organisation.id == User.organisation_id)
                .where(User.id == user_id, User.state == UserState.ACTIVE)
            )
        ).one_or_none()
        if row is None:
            raise SignInRefused
        user, organisation = row
        return user, organisation

    def _account(self, name: str) -> str:
        return self._ground.keys.mac("account", name)

    async def _reserve_password(
        self, name: str, device: TrustedDevice | None, visit: Visit
    ) -> tuple[list[Reservation], bool]:
        """Count the try, and say whether the account is blocked. A trusted device has a bucket of its
        own, so that strangers cannot lock its owner out."""
        if device is not None:
            own = await self._attempts.reserve(Counted.PASSWORD, f"device:{device.id}")
            return [own], not own.is_granted
        address = await self._attempts.reserve(Counted.PASSWORD, f"address:{visit.limit_key}")
        if not address.is_granted:
            raise TooManyAttempts(address.wait, "wrong passwords from here")
        account = await self._attempts.reserve(Counted.PASSWORD, self._account(name))
        return [address, account], not account.is_granted

    async def _record_refusal(
        self, user: User | None, name: str, visit: Visit, reservations: list[Reservation]
    ) -> None:
        # The same statements whether there is such a user or not, so that time tells nothing.
        async with self._ground.transaction() as session:
            oldest = select(Organisation.id).order_by(Organisation.created_at).limit(1)
            first_organisation = await session.scalar(oldest)
            if user is not None and reservations[-1].is_granted and not reservations[-1].left:
                self._ground.outbox.save(
                    session, SignInBlocked(organisation_id=user.organisation_id, user_id=user.id)
                )
            await self._ground.audit.append(
                session,
                "auth.sign_in_refused",
                organisation_id=user.organisation_id if user else first_organisation,
                user_id=user.id if user else None,
                subject="" if user else f"unknown account {self._account(name)[:12]}",
                address=visit.network,
            )

    async def _record(self, session: AsyncSession, user: User, visit: Visit, action: str, by: str) -> None:
        await self._ground.audit.append(
            session,
            action,
            organisation_id=user.organisation_id,
            user_id=user.id,
            address=visit.network,
            detail={"by": by},
        )
