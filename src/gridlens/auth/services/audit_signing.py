"""Signed copies of the chain's end: without them, cutting off the newest entries would leave no gap."""

import asyncio
from base64 import b64encode
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.models import AuditEntry, AuditHead, AuditSignature
from gridlens.auth.services.ground import Ground

COPY = "audit-heads.jsonl"
"""One line a signature, in the data directory: to be shipped elsewhere by the operator's log collector."""


class AuditSigner:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._key = MLDSA65PrivateKey.from_seed_bytes(ground.keys.derive("audit head"))

    async def sign(self) -> bool:
        """Sign the head and copy it out of the database; false when nothing was added since."""
        now = self._ground.clock()
        try:
            async with self._ground.transaction() as session:
                head = (await session.execute(select(AuditHead.number, AuditHead.hmac))).one()
                if not head.number or await session.get(AuditSignature, head.number) is not None:
                    return False
                signature = self._key.sign(_content(head.number, head.hmac))
                session.add(
                    AuditSignature(number=head.number, hmac=head.hmac, signature=signature, signed_at=now)
                )
        except IntegrityError:
            return False  # another process signed this very head
        line = {
            "number": head.number,
            "hmac": head.hmac,
            "signed_at": now,
            "signature": b64encode(signature).decode(),
        }
        await asyncio.to_thread(_append, self._ground.settings.data_dir / COPY, msgspec.json.encode(line))
        return True

    async def first_contradiction(self, session: AsyncSession) -> int | None:
        """The number of the first signed entry that is gone or is no longer what was signed."""
        rows = await session.execute(
            select(AuditSignature, AuditEntry.hmac)
            .outerjoin(AuditEntry, AuditEntry.number == AuditSignature.number)
            .order_by(AuditSignature.number)
        )
        for signed, hmac in rows:
            if hmac != signed.hmac or not self._is_ours(signed):
                return int(signed.number)
        return None

    def _is_ours(self, signed: AuditSignature) -> bool:
        try:
            self._key.public_key().verify(signed.signature, _content(signed.number, signed.hmac))
        except InvalidSignature:
            return False
        return True


def _content(number: int, hmac: str) -> bytes:
    return f"gridlens audit head {number} {hmac}".encode()


def _append(path: Path, line: bytes) -> None:
    with path.open("ab") as file:
        file.write(line + b"\n")
