"""From a question in plain words to a plan, from a plan to SQL and to a sentence that can be edited."""

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.outputs import columns
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.ask.render import render

__all__ = ["PlanRefused", "QueryPlan", "columns", "render"]
