"""From a report's definition to the mail it is: asked, drawn and written with somebody's rights."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from uuid import UUID

import structlog

from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.notifications.mail import tables
from gridlens.notifications.mail.attachments import TooMuchData, attached
from gridlens.notifications.mail.content import Attachment, InlinePicture, MailContent
from gridlens.notifications.mail.dates import covered_by, moment, span
from gridlens.notifications.mail.page import Page, Section, report_html, report_text
from gridlens.notifications.schemas import DashboardTarget, QuestionTarget, ReportContent
from gridlens.notifications.wording import (
    Shown,
    filled,
    is_value,
    preheader,
    provenance,
    too_little,
    values,
    why,
)
from gridlens.shared.analytics import DescribeQuestion, RunQuestion
from gridlens.shared.dashboards import RenderDashboard
from gridlens.shared.results import ResultSet, extent
from gridlens.shared.time import Scope, TimeRange
from gridlens.shared.visualizations import (
    DescribeChart,
    DrawPicture,
    DrawResult,
    Figure,
    Grid,
    Picture,
)

PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_SCALE = 592, 300, 2.0
NO_PICTURE = "Its picture could not be drawn, so here are its numbers."
NOTHING_PUBLISHED = (
    "“{name}” has nothing on it that is published, so there is nothing to send. "
    "Open it, add a chart or a note, and publish it."
)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A finished mail. ``failed`` names charts that have no content, ``too_little`` why to wait.

    ``period`` is what it covers in words; ``empty`` says why there is nothing in it that could be sent.
    """

    mail: MailContent
    target_name: str
    covered: TimeRange | None
    period: str | None
    empty: str | None
    too_little: str | None
    failed: tuple[str, ...]
    chart_count: int
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Work:
    """What one composition gathers on its way."""

    principal: Principal
    content: ReportContent
    scope: Scope
    results: dict[UUID, ResultSet] = field(default_factory=dict)
    pictures: list[InlinePicture] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Composer:
    """Writes reports; ``address`` is the public URL that their link begins with."""

    def __init__(self, bus: Bus, address: str) -> None:
        self._bus = bus
        self._address = address

    async def compose(
        self,
        principal: Principal,
        content: ReportContent,
        *,
        due_at: datetime,
        schedule: str | None = None,
        is_test: bool = False,
    ) -> Composed:
        """The mail with the data that ``principal`` may see.

        Raises:
            GridlensError: the dashboard or question is gone, refused or does not answer.
        """
        asked = covered_by(content.covers, content.zone, due_at)
        work = _Work(principal, content, Scope(time_range=asked))
        name, shown = await self._show(work)
        covered = work.scope.time_range
        sections = [await self._section(work, each) for each in shown if not is_value(each)]
        files = await self._files(work, name, shown)
        is_as_charted = isinstance(content.target, DashboardTarget) and covered is None
        period = span(covered) if covered else None
        subject = filled(
            content.subject,
            name=name,
            zone=content.zone,
            due_at=due_at,
            covered=covered,
            is_as_charted=is_as_charted,
        )
        charts = [each for each in shown if each.markdown is None]
        before = work.scope.compared
        figures = values(shown)
        page = Page(
            subject=f"Test: {subject}" if is_test else subject,
            preheader=preheader(figures, shown) or name,
            written=moment(utc_now(), content.zone),
            covered=f"{period}, compared with {span(before.time_range)}" if period and before else period,
            text=content.text,
            values=figures,
            sections=tuple(sections),
            notes=tuple(work.notes),
            link=self._link(content),
            link_label="Open in Gridlens",
            why=why(principal, schedule),
            leave="To get it no more, answer this mail, or leave the report under Reports in Gridlens.",
        )
        mail = MailContent(
            subject=page.subject,
            text=report_text(page),
            html=report_html(page),
            pictures=tuple(work.pictures),
            attachments=files,
            reply_to=principal.email,
        )
        return Composed(
            mail=mail,
            target_name=name,
            covered=covered,
            period=period,
            empty=None if shown else NOTHING_PUBLISHED.format(name=name),
            too_little=too_little(charts, content.skip_below_percent),
            failed=tuple(f"{each.title or 'A chart'}: {each.error}" for each in charts if each.error),
            chart_count=len(charts),
            notes=page.notes,
        )

    async def _show(self, work: _Work) -> tuple[str, list[Shown]]:
        match work.content.target:
            case DashboardTarget(dashboard_id=dashboard_id):
                return await self._dashboard(work, dashboard_id)
            case QuestionTarget(question_id=question_id):
                return await self._question(work, question_id)
            case _:
                assert_never(work.content.target)

    async def _dashboard(self, work: _Work, dashboard_id: UUID) -> tuple[str, list[Shown]]:
        scope = work.scope if work.scope.time_range else None
        question = RenderDashboard(principal=work.principal, dashboard_id=dashboard_id, scope=scope)
        rendered = await self._bus.request(question)
        work.scope = rendered.scope
        return rendered.name, [
            Shown(
                title=each.title,
                chart=each.chart,
                chart_id=each.chart_id,
                markdown=each.markdown,
                error=each.error,
            )
            for each in rendered.widgets
        ]

    async def _question(self, work: _Work, question_id: UUID) -> tuple[str, list[Shown]]:
        asked = DescribeQuestion(principal=work.principal, question_id=question_id)
        name = (await self._bus.request(asked)).name
        result = await self._rows(work, question_id)
        chart = await self._bus.request(DrawResult(title=name, result=result))
        return name, [Shown(title=name, chart=chart)]

    async def _section(self, work: _Work, shown: Shown) -> Section:
        if shown.chart is None:
            return Section(title=shown.title, markdown=shown.markdown, error=shown.error)
        chart, zone = shown.chart, work.content.zone
        picture, note, table = None, None, None
        if isinstance(chart.content, Grid):
            table = tables.of_grid(chart.content, chart.provenance.zone)
        elif isinstance(chart.content, Figure):
            picture, note = await self._picture(work, chart.content)
            if picture is None:
                table = await self._table(work, shown)
        return Section(
            title=shown.title or chart.title,
            subtitle=chart.subtitle,
            summary=chart.summary,
            picture=picture,
            note=" ".join(filter(None, (note, *chart.provenance.notes))) or None,
            table=table,
            provenance=provenance(chart.provenance, zone),
        )

    async def _picture(self, work: _Work, figure: Figure) -> tuple[str | None, str | None]:
        """The content id of the picture, or why there is none."""
        try:
            drawn = await self._bus.request(
                DrawPicture(figure=figure, width=PICTURE_WIDTH, height=PICTURE_HEIGHT, scale=PICTURE_SCALE)
            )
        except Exception:  # a report without one of its pictures is still a report
            log.exception("picture_failed")
            drawn = Picture(content=None, media_type="image/png")
        if drawn.content is None:
            return None, f"No picture here: {drawn.unavailable}" if drawn.unavailable else NO_PICTURE
        content_id = f"chart-{len(work.pictures) + 1}@gridlens"
        work.pictures.append(
            InlinePicture(content_id=content_id, media_type=drawn.media_type, content=drawn.content)
        )
        return content_id, None

    async def _table(self, work: _Work, shown: Shown) -> tables.MailTable | None:
        try:
            return tables.of_result(await self._rows(work, await self._question_of(work, shown)))
        except GridlensError:
            return None  # the summary still states the finding

    async def _files(self, work: _Work, name: str, shown: Sequence[Shown]) -> tuple[Attachment, ...]:
        if work.content.attach == "none":
            return ()
        named: dict[UUID, tuple[str, ResultSet]] = {}
        for each in shown:
            if each.chart is None:
                continue
            title = each.title or each.chart.title
            try:
                question_id = await self._question_of(work, each)
                result = await self._rows(work, question_id)
            except GridlensError as error:
                work.notes.append(f"The data of “{title}” is not attached: {error.detail}")
                continue
            if question_id not in named and result.is_cut:
                told = extent(result.frame.height, result.total_rows)
                work.notes.append(f"The attached data of “{title}” is cut: {told}.")
            named.setdefault(question_id, (title, result))
        try:
            return await asyncio.to_thread(attached, list(named.values()), work.content.attach, name)
        except TooMuchData:
            work.notes.append("The data is not attached, because it is more than a mail should carry.")
            return ()

    async def _question_of(self, work: _Work, shown: Shown) -> UUID:
        if isinstance(work.content.target, QuestionTarget):
            return work.content.target.question_id
        if shown.chart_id is None:
            raise LookupError("a drawn widget without its chart's id")
        asked = DescribeChart(principal=work.principal, chart_id=shown.chart_id)
        return (await self._bus.request(asked)).question_id

    async def _rows(self, work: _Work, question_id: UUID) -> ResultSet:
        if question_id not in work.results:
            asked = RunQuestion(principal=work.principal, question_id=question_id, scope=work.scope)
            work.results[question_id] = await self._bus.request(asked)
        return work.results[question_id]

    def _link(self, content: ReportContent) -> str:
        match content.target:
            case DashboardTarget(dashboard_id=dashboard_id):
                return f"{self._address}/dashboards/{dashboard_id}"
            case QuestionTarget(question_id=question_id):
                return f"{self._address}/questions/{question_id}"
            case _:
                assert_never(content.target)
