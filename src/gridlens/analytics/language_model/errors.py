"""What can go wrong between us and a language model; each says what to do next."""

from gridlens.core.errors import Conflict, Invalid, Refused, Unavailable


class ModelUnavailable(Unavailable):
    """The endpoint cannot be reached, is too slow, or refuses us."""

    kind = "language-model-unavailable"
    title = "The language model does not answer"


class ModelAnswerUnusable(Invalid):
    """The model answered, and nothing can be done with it."""

    kind = "language-model-answer"
    title = "The language model's answer cannot be used"


class ModelSettingsChanged(Conflict):
    kind = "language-model-changed"
    title = "Somebody else changed these settings"


class StepUpNeeded(Refused):
    kind = "step-up-required"
    title = "Confirm that it is you"
