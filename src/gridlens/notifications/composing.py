"""From a report's definition to the mail it is: asked, drawn and written with somebody's rights."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.notifications.mail import tables
from gridlens.notifications.mail.attachments import TooMuchData, attached
from gridlens.notifications.mail.content import Attachment, InlinePicture, MailContent
from gridlens.notifications.mail.dates import covered_by, day, moment, span
from gridlens.notifications.mail.numbers import change, quantity
from gridlens.notifications.mail.page import Page, Section, Value, report_html, report_text
from gridlens.notifications.schemas import DashboardTarget, QuestionTarget, ReportContent
from gridlens.shared.analytics import DescribeQuestion, RunQuestion
from gridlens.shared.dashboards import RenderDashboard
from gridlens.shared.results import ResultSet
from gridlens.shared.time import Scope, TimeRange
from gridlens.shared.visualizations import (
    DescribeChart,
    DrawnChart,
    DrawPicture,
    DrawResult,
    Figure,
    Grid,
    Headline,
    Picture,
    Provenance,
)

PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_SCALE = 592, 300, 2.0
NO_PICTURE = "Its picture could not be drawn, so here are its numbers."
PLACEHOLDER = re.compile(r"\{(\w*)\}")
PLACEHOLDERS = frozenset({"date", "week", "name"})
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing in the report: a chart, a text, or the reason why there is neither."""

    title: str
    chart: DrawnChart | None = None
    chart_id: UUID | None = None
    markdown: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A finished mail. ``failed`` names charts that have no content, ``too_little`` why to wait."""

    mail: MailContent
    target_name: str
    covered: TimeRange | None
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
        sections = [await self._section(work, each) for each in shown if not _is_value(each)]
        files = await self._files(work, name, shown)
        subject = filled(content.subject, name=name, zone=content.zone, due_at=due_at, covered=covered)
        charts = [each for each in shown if each.markdown is None]
        values = _values(shown)
        page = Page(
            subject=f"Test: {subject}" if is_test else subject,
            preheader=_preheader(values, shown) or name,
            written=moment(utc_now(), content.zone),
            covered=span(covered) if covered else None,
            text=content.text,
            values=values,
            sections=tuple(sections),
            notes=tuple(work.notes),
            link=self._link(content),
            link_label="Open in Gridlens",
            why=_why(principal, schedule),
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
            too_little=_too_little(charts, content.skip_below_percent),
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
            provenance=_provenance(chart.provenance, zone),
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
                work.notes.append(f"The attached data of “{title}” ends after {result.row_limit} rows.")
            named.setdefault(question_id, (title, result))
        try:
            return attached(list(named.values()), work.content.attach, name)
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


def filled(subject: str, *, name: str, zone: str, due_at: datetime, covered: TimeRange | None) -> str:
    """The subject with its placeholders filled: the day it is due, the week it covers, its target's name."""
    due_on = due_at.astimezone(ZoneInfo(zone)).date()
    week_of = covered.start.astimezone(ZoneInfo(covered.zone)).date() if covered else due_on
    said = {"date": day(due_on), "week": str(week_of.isocalendar().week), "name": name}
    text = PLACEHOLDER.sub(lambda found: said.get(found[1], found[0]), subject)
    # A name may hold line breaks, a header may not.
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:400]


def unknown_placeholders(subject: str) -> list[str]:
    return [each[0] for each in PLACEHOLDER.finditer(subject) if each[1] not in PLACEHOLDERS]


def _is_value(shown: Shown) -> bool:
    return shown.chart is not None and isinstance(shown.chart.content, Headline)


def _values(shown: Sequence[Shown]) -> tuple[Value, ...]:
    headlines = ((each.title, each.chart.content) for each in shown if each.chart is not None)
    return tuple(_value(title, content) for title, content in headlines if isinstance(content, Headline))


def _preheader(values: Sequence[Value], shown: Sequence[Shown]) -> str:
    """What mail lists show beside the subject: the headline figures, else the first finding."""
    figures = " · ".join(f"{each.label} {each.value}" for each in values)
    return figures or next((each.chart.summary for each in shown if each.chart), "")


def _value(title: str, headline: Headline) -> Value:
    changed = change(headline.value, headline.compared_with, headline.unit)
    compared = f"{changed} {headline.comparison_label or ''}".strip() if changed else None
    return Value(
        label=title or headline.label, value=quantity(headline.value, headline.unit), compared=compared
    )


def _provenance(origin: Provenance, zone: str) -> str:
    parts = [f"Source: {origin.source_name}"]
    if origin.completeness and origin.completeness.expected:
        share = origin.completeness.present / origin.completeness.expected
        parts.append(f"{share:.1%} complete")
    if origin.is_cut:
        parts.append(f"only the first {origin.row_limit} rows")
    parts.append(f"read {moment(origin.read_at, zone)}")
    return " · ".join(parts)


def _too_little(charts: Sequence[Shown], percent: int | None) -> str | None:
    """The chart that lacks most, when it lacks too much; nothing when every one is complete enough."""
    if percent is None:
        return None
    shares = []
    for each in charts:
        found = each.chart.provenance.completeness if each.chart else None
        if found and found.expected:
            shares.append((found.present / found.expected, each.title, found))
    if not shares:
        return None
    share, title, found = min(shares, key=lambda each: each[0])
    if share * 100 >= percent:
        return None
    return (
        f"“{title}” has {share:.1%} of its values ({found.present} of {found.expected}), less than the "
        f"{percent} % that this report waits for."
    )


def _why(principal: Principal, schedule: str | None) -> str:
    when = f", {schedule[0].lower()}{schedule[1:]}" if schedule else ""
    return f"You get this because {principal.name} sends this report to you{when}."
