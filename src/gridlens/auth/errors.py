"""What can go wrong at the door, in words that give nothing away to a stranger."""

from datetime import timedelta
from typing import ClassVar

from gridlens.core.errors import Conflict, Invalid, NotFound, Refused, TooMany, Unauthenticated


class SignInRefused(Unauthenticated):
    """One answer for an unknown name, a wrong password, a locked account and too many tries."""

    kind = "sign-in-refused"
    title = "Sign-in was refused"

    def __init__(self) -> None:
        super().__init__(
            "This email and password do not open an account right now. Check both and try again; after "
            "several tries, wait five minutes or reset the password."
        )


class SignInExpired(Unauthenticated):
    kind = "sign-in-expired"
    title = "This sign-in took too long"

    def __init__(self) -> None:
        super().__init__("The code page is open for ten minutes. Enter your email and password again.")


class WrongCode(Unauthenticated):
    kind = "wrong-code"
    title = "That code is not right"

    def __init__(self, attempts_left: int) -> None:
        left = {0: "no attempts", 1: "one attempt"}.get(attempts_left, f"{attempts_left} attempts")
        super().__init__(
            f"That code is not right, or it was used before. You have {left} left.",
            fields={"code": "not right"},
            extra={"attemptsLeft": attempts_left},
        )


class TooManyAttempts(TooMany):
    kind = "too-many-attempts"
    title = "Too many attempts"

    def __init__(self, wait: timedelta, what: str = "codes") -> None:
        seconds = max(1, round(wait.total_seconds()))
        super().__init__(
            f"There were too many {what}. Try again in {_in_words(seconds)}.",
            headers={"Retry-After": str(seconds)},
        )


class CodesStopped(TooMany):
    """100 wrong codes in a row; waiting does not help any more."""

    kind = "codes-stopped"
    title = "Codes are stopped for this account"

    def __init__(self) -> None:
        super().__init__(
            "After a hundred wrong codes in a row this account takes no more. Ask an administrator to reset "
            "its codes."
        )


class LinkNotValid(NotFound):
    kind = "link-not-valid"
    title = "This link does not work any more"

    def __init__(self) -> None:
        super().__init__("The link was used, has expired, or was replaced by a newer one. Ask for a new one.")


class SetUpClosed(Conflict):
    kind = "set-up-closed"
    title = "Set-up is over"

    def __init__(self) -> None:
        super().__init__("This installation has been set up. Sign in instead.")


class PasswordNotTaken(Invalid):
    """The new password is too short, too common or too easy to guess."""

    status: ClassVar[int] = 422
    kind = "password-not-taken"
    title = "Choose another password"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Choose another password: {reason}.", fields={"password": reason})


class WrongPassword(Refused):
    """For somebody who is signed in; strangers get ``SignInRefused``."""

    kind = "wrong-password"
    title = "That password is not right"

    def __init__(self) -> None:
        super().__init__("That is not your current password.", fields={"password": "not right"})


class StepUpRequired(Refused):
    kind = "step-up-required"
    title = "Confirm that it is you"

    def __init__(self) -> None:
        super().__init__("This change needs your password and a code from the last ten minutes.")


class NotForPrograms(Refused):
    kind = "not-for-programs"
    title = "This needs a person"

    def __init__(self) -> None:
        super().__init__("Sign in with a browser to do this; a token cannot.")


class CrossSiteRefused(Refused):
    """A state-changing request that our own page did not send, as far as one can tell."""

    kind = "csrf"
    title = "The request did not come from the application"


class EmailTaken(Conflict):
    kind = "email-taken"
    title = "This email has an account"

    def __init__(self) -> None:
        super().__init__("There is an account with this email already.", fields={"email": "has an account"})


class GroupNameTaken(Conflict):
    kind = "group-name-taken"
    title = "There is a group of this name"

    def __init__(self) -> None:
        super().__init__("There is a group of this name already.", fields={"name": "is taken"})


class NotPossible(Conflict):
    kind = "not-possible"
    title = "This cannot be done now"


def _in_words(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} seconds"
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes < 90 else f"{round(minutes / 60)} hours"
