"""The words of every mail that auth asks for. None of them quotes what a stranger typed."""

from datetime import timedelta

from gridlens.auth.models import Organisation, User
from gridlens.shared.notifications import MailRequested

NOT_YOU = "If this was not you, change your password and end your other sessions under Settings, Security."


def code(user: User, digits: str, lasts: timedelta) -> MailRequested:
    return _to(
        user,
        f"Your Gridlens code: {digits}",
        f"{digits}\n\nThis code works once, within {_minutes(lasts)}, and only in the browser that asked for "
        "it. Nobody from Gridlens will ever ask you for it.\n\nIf you did not just sign in, somebody knows "
        "your password: change it.",
    )


def invitation(user: User, organisation: Organisation, link: str) -> MailRequested:
    return _to(
        user,
        f"You are invited to {organisation.name} on Gridlens",
        f"An administrator of {organisation.name} made an account for you.\n\nChoose a password here within "
        f"three days:\n{link}\n\nIf you do not know why you got this, ignore it.",
    )


def reset(user: User, link: str) -> MailRequested:
    return _to(
        user,
        "Choose a new Gridlens password",
        f"Somebody, most likely you, asked for a new password.\n\nChoose it here within 30 minutes:"
        f"\n{link}\n\nYou will still need your code to sign in. If it was not you, ignore "
        "this mail: nothing has changed.",
    )


def enrolment(user: User, link: str) -> MailRequested:
    return _to(
        user,
        "Set up your Gridlens codes again",
        "An administrator removed your authenticator app, recovery codes and trusted devices.\n\nSign in "
        f"through this link within a day to set them up again:\n{link}",
    )


def confirm_email(user: User, new_email: str, link: str) -> MailRequested:
    return MailRequested(
        organisation_id=user.organisation_id,
        to=new_email,
        subject="Confirm your new email for Gridlens",
        text=f"Open this link within an hour to sign in with this address from now on:\n{link}\n\n"
        "If you did not ask for this, ignore it.",
    )


def email_changing(user: User, new_email: str) -> MailRequested:
    return _to(
        user,
        "Your Gridlens email is about to change",
        f"A confirmation was sent to {new_email}. Once it is confirmed, you sign in with that address."
        f"\n\n{NOT_YOU}",
    )


def password_changed(user: User) -> MailRequested:
    return _to(user, "Your Gridlens password was changed", f"Your other sessions were ended.\n\n{NOT_YOU}")


def factor_changed(user: User, what: str) -> MailRequested:
    return _to(user, "The way you sign in to Gridlens changed", f"{what}\n\n{NOT_YOU}")


def recovery_code_used(user: User, left: int) -> MailRequested:
    return _to(
        user,
        "A recovery code was used for Gridlens",
        f"Somebody signed in with one of your recovery codes; {left} are left. Make a new set under "
        f"Settings, Security when few remain.\n\n{NOT_YOU}",
    )


def device_replayed(user: User, device: str) -> MailRequested:
    return _to(
        user,
        "A trusted device was copied",
        f"What {device} uses instead of a code was presented twice, so somebody may have copied it. The "
        "device is trusted no more and will be asked for a code. Change your password if you cannot "
        "explain this.",
    )


def tokens_revoked(user: User, token: str) -> MailRequested:
    return _to(
        user,
        "A refresh token was used twice",
        f"A program using your API token “{token}” presented a refresh token that had been used before, so "
        "it may have been copied. Every token that came from it was ended. Renew the API token if in doubt.",
    )


def _to(user: User, subject: str, text: str) -> MailRequested:
    return MailRequested(organisation_id=user.organisation_id, to=user.email, subject=subject, text=text)


def _minutes(span: timedelta) -> str:
    return f"{round(span.total_seconds() / 60)} minutes"
