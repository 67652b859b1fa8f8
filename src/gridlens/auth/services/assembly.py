"""All services of auth, built once from the core and joined to one another."""

from dataclasses import dataclass

from gridlens.auth.cookies import Cookies
from gridlens.auth.services.access_tokens import AccessTokens
from gridlens.auth.services.accounts import Accounts
from gridlens.auth.services.api_tokens import ApiTokens
from gridlens.auth.services.attempts import Attempts
from gridlens.auth.services.audit_reading import AuditReader
from gridlens.auth.services.audit_signing import AuditSigner
from gridlens.auth.services.code_counter import CodeCounter
from gridlens.auth.services.devices import Devices
from gridlens.auth.services.enrolment import FactorSettings
from gridlens.auth.services.entrances import Entrances
from gridlens.auth.services.ground import Clock, Ground
from gridlens.auth.services.groups import Groups
from gridlens.auth.services.half_logins import HalfLogins
from gridlens.auth.services.links import Links
from gridlens.auth.services.passwords import Hasher, PasswordRules
from gridlens.auth.services.policy import Policies
from gridlens.auth.services.second_steps import SecondSteps
from gridlens.auth.services.sessions import Sessions
from gridlens.auth.services.sign_in import SignIn
from gridlens.auth.services.states import States
from gridlens.auth.services.users import Users
from gridlens.core.models import utc_now
from gridlens.core.module import Core


@dataclass(frozen=True, slots=True)
class AuthServices:
    ground: Ground
    cookies: Cookies
    attempts: Attempts
    hasher: Hasher
    rules: PasswordRules
    sessions: Sessions
    devices: Devices
    links: Links
    half_logins: HalfLogins
    sign_in: SignIn
    states: States
    factors: FactorSettings
    entrances: Entrances
    accounts: Accounts
    users: Users
    groups: Groups
    policies: Policies
    api_tokens: ApiTokens
    access_tokens: AccessTokens
    audit_reader: AuditReader
    audit_signer: AuditSigner


def build(core: Core, clock: Clock = utc_now) -> AuthServices:
    ground = Ground.of(core, clock)
    attempts, hasher, rules = Attempts(ground), Hasher(), PasswordRules(core.limiter)
    sessions, devices, links, steps = Sessions(ground), Devices(ground), Links(ground), SecondSteps(ground)
    half_logins, code_counter = HalfLogins(ground, sessions), CodeCounter(ground, attempts)
    sign_in = SignIn(ground, attempts, hasher, sessions, devices, steps, links, half_logins, code_counter)
    api_tokens, signer = ApiTokens(ground), AuditSigner(ground)
    return AuthServices(
        ground=ground,
        cookies=Cookies(core.settings.address),
        attempts=attempts,
        hasher=hasher,
        rules=rules,
        sessions=sessions,
        devices=devices,
        links=links,
        half_logins=half_logins,
        sign_in=sign_in,
        states=States(ground, half_logins, sessions, steps, attempts),
        factors=FactorSettings(ground, sign_in, sessions, steps, half_logins, code_counter),
        entrances=Entrances(ground, links, hasher, rules, steps, sign_in, half_logins),
        accounts=Accounts(ground, attempts, hasher, rules, sessions, devices, links, sign_in),
        users=Users(ground, links, sessions, devices, attempts),
        groups=Groups(ground),
        policies=Policies(ground),
        api_tokens=api_tokens,
        access_tokens=AccessTokens(ground, api_tokens),
        audit_reader=AuditReader(ground, signer),
        audit_signer=signer,
    )
