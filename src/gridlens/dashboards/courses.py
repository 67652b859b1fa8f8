"""What a reader chooses a time range on: the course of the first chart that follows one."""

from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.principal import Principal
from gridlens.dashboards.layout import AnyWidget, ChartWidget, reading_order
from gridlens.shared.time import Scope
from gridlens.shared.visualizations import DrawCourse, TimeCourse

MOST_TRIED = 4


async def course_of(
    bus: Bus, principal: Principal, widgets: tuple[AnyWidget, ...], scope: Scope
) -> TimeCourse | None:
    """Charts are tried in reading order; one that fails says so in its own widget."""
    charts = [each for each in sorted(widgets, key=reading_order) if isinstance(each, ChartWidget)]
    for widget in charts[:MOST_TRIED]:
        try:
            found = await bus.request(DrawCourse(principal=principal, chart_id=widget.chart_id, scope=scope))
        except GridlensError:
            continue
        if found is not None:
            return found
    return None
