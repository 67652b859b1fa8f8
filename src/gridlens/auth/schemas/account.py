"""One's own factors, sessions, devices, password and profile."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from gridlens.auth.models import TrustedDevice, UserSession
from gridlens.auth.schemas.state import (
    Code,
    Email,
    GivenPassword,
    Locale,
    NewPassword,
    PersonName,
    SessionState,
    Theme,
    Zone,
)
from gridlens.auth.services.enrolment import Factors, Offer
from gridlens.auth.visit import device_name


class AppFactor(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    added_at: datetime


class EmailFactor(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``may_change`` is false while codes by mail are the only way, or the organisation forbids them."""

    address: str
    enabled: bool
    may_change: bool


class FactorsOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    totp: AppFactor | None
    email: EmailFactor
    recovery_codes_left: int

    @classmethod
    def of(cls, factors: Factors) -> "FactorsOut":
        totp = factors.totp
        return cls(
            totp=AppFactor(added_at=totp.activated_at or totp.created_at) if totp else None,
            email=EmailFactor(
                address=factors.user.email,
                enabled=factors.steps.email_codes,
                may_change=totp is not None and factors.steps.may_email,
            ),
            recovery_codes_left=factors.steps.recovery_codes,
        )


class TotpOffer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``secret`` in groups of four to type; ``qr_svg`` shows ``uri``."""

    secret: str
    uri: str
    qr_svg: str

    @classmethod
    def of(cls, offer: Offer) -> "TotpOffer":
        return cls(secret=offer.secret, uri=offer.uri, qr_svg=offer.qr_svg)


class TotpCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    code: Code
    trust_device: bool = False


class RecoveryCodes(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Shown this once. Empty when the user's older set stays."""

    recovery_codes: list[str]
    state: SessionState


class EmailCodesWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    enabled: bool


class SessionOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    id: UUID
    device: str
    address: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_current: bool
    trusted_until: datetime | None

    @classmethod
    def of(cls, row: UserSession, trusted_until: datetime | None, current: Any) -> "SessionOut":
        return cls(
            id=row.id,
            device=device_name(row.user_agent),
            address=row.address,
            created_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
            is_current=row.id == current,
            trusted_until=trusted_until,
        )


class DeviceOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    id: UUID
    device: str
    address: str
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    is_current: bool

    @classmethod
    def of(cls, row: TrustedDevice, current: UUID | None) -> "DeviceOut":
        return cls(
            id=row.id,
            device=device_name(row.user_agent),
            address=row.address,
            created_at=row.created_at,
            used_at=row.used_at,
            expires_at=row.expires_at,
            is_current=row.id == current,
        )


class ChangePassword(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    current_password: GivenPassword
    new_password: NewPassword


class UpdateProfile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What is left out stays as it is."""

    name: PersonName | None = None
    zone: Zone | None = None
    theme: Theme | None = None
    locale: Locale | None = None


class NewEmail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    email: Email
