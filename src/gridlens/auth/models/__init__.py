"""The tables of auth. Secrets are sealed, hashed or HMACed; nothing here can be used to sign in."""

from gridlens.auth.models.audit import AuditEntry, AuditHead, AuditSignature
from gridlens.auth.models.people import Group, Organisation, SetUpCompletion, User, UserState
from gridlens.auth.models.programs import ApiToken, RefreshToken, RevokedJwt, SigningKey
from gridlens.auth.models.sign_in import (
    Attempt,
    EmailCode,
    HalfLogin,
    HalfLoginPurpose,
    LinkKind,
    MailedLink,
    RecoveryCode,
    TotpFactor,
    TrustedDevice,
    UserSession,
)

__all__ = [
    "ApiToken",
    "Attempt",
    "AuditEntry",
    "AuditHead",
    "AuditSignature",
    "EmailCode",
    "Group",
    "HalfLogin",
    "HalfLoginPurpose",
    "LinkKind",
    "MailedLink",
    "Organisation",
    "RecoveryCode",
    "RefreshToken",
    "RevokedJwt",
    "SetUpCompletion",
    "SigningKey",
    "TotpFactor",
    "TrustedDevice",
    "User",
    "UserSession",
    "UserState",
]
