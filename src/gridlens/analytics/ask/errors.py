"""What a plan can be refused for."""

from gridlens.core.errors import Invalid


class PlanRefused(Invalid):
    """The source cannot answer this plan rightly; the detail says why and what to ask instead."""

    kind = "plan-refused"
    title = "This cannot be asked of this source"
