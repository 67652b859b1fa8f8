"""What can go wrong with messages and reports, each with its problem type."""

from gridlens.core.errors import Invalid, NotFound, Refused


class NoSuchReport(NotFound):
    kind = "no-such-report"

    def __init__(self) -> None:
        super().__init__("There is no such report, or it is not yours to see. Look in the list of reports.")


class NoSuchRun(NotFound):
    kind = "no-such-run"

    def __init__(self) -> None:
        super().__init__("This report has no such run. Look in its history.")


class NoSuchDelivery(NotFound):
    kind = "no-such-delivery"

    def __init__(self) -> None:
        super().__init__("There is no such delivery.")


class NoSuchPreview(NotFound):
    kind = "no-such-preview"

    def __init__(self) -> None:
        super().__init__("This preview is gone. Ask for a new one.")


class NoSuchMail(NotFound):
    kind = "no-such-mail"

    def __init__(self) -> None:
        super().__init__("There is no such mail in the mailbox. It may have been deleted.")


class InvalidReport(Invalid):
    kind = "invalid-report"
    title = "This report cannot be saved"


class NothingToSend(Invalid):
    kind = "nothing-to-send"
    title = "There is nothing to send"


class MayNotChangeReport(Refused):
    kind = "may-not-change-report"

    def __init__(self) -> None:
        super().__init__("Only the owner of this report or an administrator may change it.")


class NoMailbox(NotFound):
    kind = "no-mailbox"

    def __init__(self) -> None:
        super().__init__("There is a mailbox only in the demo. Mails go to the mail server in the settings.")
