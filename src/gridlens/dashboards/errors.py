"""What can go wrong with dashboards, each with its problem type."""

from gridlens.core.errors import Conflict, NotFound, Refused


class NoSuchDashboard(NotFound):
    kind = "no-such-dashboard"

    def __init__(self) -> None:
        super().__init__(
            "There is no such dashboard, or it is not shared with you. Ask its owner, or look in the "
            "list of dashboards."
        )


class NoSuchVersion(NotFound):
    kind = "no-such-version"

    def __init__(self, number: int) -> None:
        super().__init__(f"This dashboard has no version {number}. Look in its list of versions.")


class MayNotEdit(Refused):
    kind = "may-not-edit-dashboard"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)


class EditedElsewhere(Conflict):
    """Two editors at once. ``extra`` holds the other version, who made it and when."""

    kind = "edited-elsewhere"
