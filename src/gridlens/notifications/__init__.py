"""What leaves the house: mails, their deliveries, scheduled reports, and the demo's mailbox."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gridlens.core.jobs import Job
from gridlens.core.module import Core, Module
from gridlens.notifications import handlers
from gridlens.notifications.channels.smtp import SmtpServer
from gridlens.notifications.composing import Composer
from gridlens.notifications.deliveries import Deliveries, DeliverMail
from gridlens.notifications.history import RunHistory
from gridlens.notifications.mailbox import Mailbox, MailboxServer
from gridlens.notifications.reports import ReportService
from gridlens.notifications.routes import MailboxController, ReportController
from gridlens.notifications.running import Runner, SendReport
from gridlens.notifications.schemas import MailSettings
from gridlens.notifications.trying import TryOut


class ForgetMessages(Job, frozen=True, kw_only=True, tag="notifications.forget_messages"):
    """Drop contents and messages that nobody will ask for again."""


def connect(core: Core) -> dict[str, object]:
    """Build the services, join the bus; what is returned is injected into routes by name."""
    settings = core.settings
    server = SmtpServer.of(settings)

    @asynccontextmanager
    async def by_settings() -> AsyncIterator[SmtpServer]:
        yield server

    deliveries = Deliveries(
        core.database,
        core.jobs,
        core.outbox,
        core.vault,
        sender=settings.mail_from,
        reach=MailboxServer(core.database).listening if settings.demo else by_settings,
    )
    composer = Composer(core.bus, settings.address)
    runner = Runner(
        core.database, core.bus, core.jobs, deliveries, composer, may_mail_outside=settings.mail_outside
    )
    handlers.connect(core.bus, core.database, core.jobs, deliveries)
    core.jobs.handles(DeliverMail)(deliveries.deliver)
    core.jobs.handles(SendReport)(runner.run)

    @core.jobs.handles(ForgetMessages)
    async def forget(_job: ForgetMessages) -> None:
        await deliveries.forget()

    core.jobs.declare(name="notifications.forget", cron="53 3 * * *", zone="UTC", job=ForgetMessages())
    return {
        "deliveries": deliveries,
        "reports": ReportService(
            core.database,
            core.bus,
            core.jobs,
            core.outbox,
            may_mail_outside=settings.mail_outside,
        ),
        "report_history": RunHistory(core.database, deliveries),
        "report_try_out": TryOut(core.database, core.vault, core.limiter, deliveries, composer),
        "mailbox": Mailbox(core.database, is_open=settings.demo),
        "mail_settings": MailSettings(
            can_send=settings.sends_mail,
            sender=settings.mail_from,
            may_mail_outside=settings.mail_outside,
            is_demo=settings.demo,
        ),
    }


module = Module("notifications", controllers=(ReportController, MailboxController), connect=connect)
