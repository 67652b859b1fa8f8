"""What every service of auth stands on."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.errors import NotPossible
from gridlens.auth.keys import Keys
from gridlens.auth.services.audit import AuditLog
from gridlens.core.config import Settings
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.core.outbox import Outbox
from gridlens.core.security.vault import Vault

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Ground:
    """Tests hand in a clock of their own, so that ten minutes pass without waiting for them."""

    core: Core
    keys: Keys
    audit: AuditLog
    clock: Clock

    @classmethod
    def of(cls, core: Core, clock: Clock = utc_now) -> "Ground":
        keys = Keys(core.master_key)
        return cls(core, keys, AuditLog(keys.derive("audit chain"), clock), clock)

    @property
    def settings(self) -> Settings:
        return self.core.settings

    def demand_mail(self) -> None:
        """Refuse what only a mail can bring about where none can be sent."""
        if not self.settings.sends_mail:
            raise NotPossible(
                "This installation has no mail server. Ask an administrator, who can help on the page of "
                "users or with `gridlens users`, and can set GRIDLENS_SMTP_HOST."
            )

    @property
    def outbox(self) -> Outbox:
        return self.core.outbox

    @property
    def vault(self) -> Vault:
        return self.core.vault

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self.core.database.transaction()
