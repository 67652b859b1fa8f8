"""Terms are kept, versioned, refused and restored, on SQLite, PostgreSQL and MariaDB alike."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select
from tests.analytics.conftest import Clock, Sources

from gridlens.analytics.ask.plan import Aggregate, ColumnRef, QueryPlan
from gridlens.analytics.models import SemanticModelRow, SemanticVersion
from gridlens.analytics.running.history import History
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.semantic.errors import InvalidModel, ModelChanged
from gridlens.analytics.semantic.model import ColumnMeaning, Metric, SemanticModel, TableMeaning
from gridlens.analytics.semantic.schemas import MeansColumn, MeansWords, NewTerm, NewVerified
from gridlens.analytics.semantic.service import SemanticService
from gridlens.analytics.semantic.store import SemanticStore
from gridlens.core.errors import NotFound, Refused
from gridlens.core.module import Core
from gridlens.core.outbox import OutboxEvent
from gridlens.core.principal import Principal

pytestmark = pytest.mark.anyio
Place = tuple[SemanticService, Sources, QueryService]
MODEL = SemanticModel(
    tables=(
        TableMeaning(table="reading", columns=(ColumnMeaning(column="kwh", label="Energie ⚡"),)),
        TableMeaning(table="meter", synonyms=("Zähler",)),
    ),
    metrics=(Metric(name="use", formula="sum(reading.kwh)"), Metric(name="a", formula="max(reading.kwh)")),
)


@pytest.fixture
def place(every_core: Core, energy_file: Path, analyst: Principal, admin: Principal) -> Place:
    sources = Sources(every_core, energy_file, (analyst, admin))
    clock = Clock()
    store = SemanticStore(every_core.database)
    history = History(every_core.database)
    queries = QueryService(every_core.settings, every_core.bus, history, clock, terms=store)
    service = SemanticService(every_core.database, every_core.bus, every_core.outbox, queries, store, clock)
    return service, sources, queries


async def test_terms_are_kept_with_their_order_and_everything_said_reaches_the_source(
    place: Place, analyst: Principal
) -> None:
    service, sources, queries = place
    before = await queries.describe(analyst, sources.source_id)

    kept = await service.put(analyst, sources.source_id, 0, MODEL)
    found = await service.get(analyst, sources.source_id)
    after = await queries.describe(analyst, sources.source_id)

    assert (kept.version, kept.model, kept.findings) == (1, MODEL, ())
    assert found.changed_by is not None
    assert (found.model, found.changed_by.name) == (MODEL, analyst.name)
    columns = {c.name: c for t in after.catalog.tables if t.name == "reading" for c in t.columns}
    assert columns["kwh"].label == "Energie ⚡"
    assert after.catalog.version == before.catalog.version + 1


async def test_the_second_of_two_editors_is_told_and_changes_nothing(
    place: Place, analyst: Principal, admin: Principal
) -> None:
    service, sources, _ = place
    await service.put(analyst, sources.source_id, 0, MODEL)

    with pytest.raises(ModelChanged):
        await service.put(admin, sources.source_id, 0, SemanticModel())
    await service.put(admin, sources.source_id, 1, SemanticModel())
    with pytest.raises(ModelChanged):
        await service.put(analyst, sources.source_id, 1, MODEL)

    assert (await service.get(analyst, sources.source_id)).version == 2


async def test_every_change_is_a_version_that_can_be_restored_and_is_audited(
    place: Place, analyst: Principal, every_core: Core
) -> None:
    service, sources, _ = place
    await service.put(analyst, sources.source_id, 0, MODEL)
    term = NewTerm(words="Bezug", means=MeansColumn(column=ColumnRef(table="reading", column="kwh")))
    defined = await service.define(analyst, sources.source_id, term)

    restored = await service.restore(analyst, sources.source_id, defined.version, defined.before)
    versions = await service.versions(analyst, sources.source_id)

    assert (restored.version, restored.model) == (3, MODEL)
    assert [(each.version, each.note) for each in versions] == [
        (3, "Version 1 was restored"),
        (2, "“Bezug” was defined"),
        (1, "The terms were edited"),
    ]
    assert (await service.restore(analyst, sources.source_id, 3, 0)).model == SemanticModel()
    with pytest.raises(NotFound):
        await service.restore(analyst, sources.source_id, 4, 99)
    async with every_core.database.transaction() as session:
        events = [row.payload for row in await session.scalars(select(OutboxEvent))]
    assert sum("analytics.semantic_model_changed" in each for each in events) == 4
    assert sum("terms.changed" in each for each in events) == 4


async def test_what_newly_does_not_fit_is_refused_and_what_no_longer_fits_may_stay(
    place: Place, analyst: Principal
) -> None:
    service, sources, _ = place
    await service.put(analyst, sources.source_id, 0, MODEL)
    # The catalog is read again, without the readings.
    catalog = sources.description.catalog
    fewer = tuple(table for table in catalog.tables if table.name != "reading")
    sources.description = msgspec.structs.replace(
        sources.description, catalog=msgspec.structs.replace(catalog, tables=fewer, version=9)
    )

    stale = await service.get(analyst, sources.source_id)
    term = NewTerm(words="HT", means=MeansWords(words="weekdays"))
    kept = await service.define(analyst, sources.source_id, term)
    wrong = NewTerm(words="x", means=MeansColumn(column=ColumnRef(table="meter", column="gone")))
    with pytest.raises(InvalidModel, match=r"meter\.gone: the table has no such column"):
        await service.define(analyst, sources.source_id, wrong)

    assert {finding.place for finding in stale.findings} == {"reading", "use", "a"}
    assert kept.version == 2


async def test_a_file_is_imported_exported_and_refused_with_its_line(
    place: Place, analyst: Principal
) -> None:
    service, sources, _ = place
    source_id = sources.source_id
    suggested = await service.export(analyst, source_id)
    text = "zone: UTC\nmetrics:\n  use:\n    formula: sum(reading.kwh)\n"

    imported = await service.put_file(analyst, source_id, 0, text)
    exported = await service.export(analyst, source_id)
    with pytest.raises(InvalidModel) as caught:
        await service.put_file(analyst, source_id, 1, text + "  b:\n    formula: sum(reading.gone)\n")
    checked = await service.check(analyst, source_id, text + "segments:\n  s: {filters: [site.x = 1]}\n")

    assert (suggested.version, "adds_up: additive" in suggested.text) == (0, True)
    assert (imported.version, exported.text) == (1, text)
    assert caught.value.line == 6
    assert caught.value.detail.startswith("Line 6: b: Table “reading” has no column named “gone”")
    assert [(found.line, found.place) for found in checked] == [(6, "s")]


async def test_verified_sql_passes_the_guard_or_is_not_kept(place: Place, analyst: Principal) -> None:
    service, sources, _ = place
    good = NewVerified(question="How many?", sql="SELECT count(*) FROM meter")
    bad = NewVerified(question="Drop it", sql="DROP TABLE meter")
    hidden = NewVerified(question="Pay", sql="SELECT salary FROM payroll")

    kept = await service.verify(analyst, sources.source_id, good)
    for wrong in (bad, hidden):
        with pytest.raises(InvalidModel, match=wrong.question):
            await service.verify(analyst, sources.source_id, wrong)
    with pytest.raises(InvalidModel, match="either a plan or SQL"):
        await service.verify(analyst, sources.source_id, NewVerified(question="x"))
    gone = await service.unverify(analyst, sources.source_id, "how many")
    with pytest.raises(NotFound):
        await service.unverify(analyst, sources.source_id, "how many")

    assert (kept.version, gone.version) == (1, 2)


async def test_the_wall_between_organisations_and_rights_hold(
    place: Place, analyst: Principal, viewer: Principal
) -> None:
    service, sources, _ = place
    await service.put(analyst, sources.source_id, 0, MODEL)
    stranger = msgspec.structs.replace(analyst, organisation_id=uuid4())

    term = NewTerm(words="a", means=MeansWords(words="b"))
    refused: list[Callable[[], Awaitable[object]]] = [
        lambda: service.get(viewer, sources.source_id),
        lambda: service.export(viewer, sources.source_id),
        lambda: service.put(viewer, sources.source_id, 1, MODEL),
        lambda: service.put_file(viewer, sources.source_id, 1, ""),
        lambda: service.define(viewer, sources.source_id, term),
        lambda: service.verify(viewer, sources.source_id, NewVerified(question="a", plan=QueryPlan())),
        lambda: service.unverify(viewer, sources.source_id, "a"),
        lambda: service.restore(viewer, sources.source_id, 1, 0),
    ]
    for call in refused:
        with pytest.raises(Refused):
            await call()
    with pytest.raises(NotFound):
        await service.get(stranger, sources.source_id)
    with pytest.raises(NotFound):
        await service.put(stranger, sources.source_id, 0, MODEL)


async def test_who_sees_a_part_of_the_source_sees_the_terms_of_that_part_and_edits_none(
    place: Place, analyst: Principal
) -> None:
    service, sources, _ = place
    total = QueryPlan(
        measures=(Aggregate(function="sum", column=ColumnRef(table="reading", column="kwh"), name="energy"),)
    )
    await service.put(analyst, sources.source_id, 0, MODEL)
    await service.verify(analyst, sources.source_id, NewVerified(question="total", plan=total))
    catalog = sources.description.catalog
    fewer = tuple(table for table in catalog.tables if table.name != "reading")
    sources.description = msgspec.structs.replace(
        sources.description, rights="some", catalog=msgspec.structs.replace(catalog, tables=fewer)
    )

    seen = await service.get(analyst, sources.source_id)
    with pytest.raises(Refused, match="only a part"):
        await service.put(analyst, sources.source_id, 2, MODEL)

    assert [table.table for table in seen.model.tables] == ["meter"]
    assert (seen.model.metrics, seen.model.questions, seen.can_edit, seen.findings) == ((), (), False, ())
    assert "reading" not in (await service.export(analyst, sources.source_id)).text
    assert await service.versions(analyst, sources.source_id) == []


async def test_terms_go_with_their_source_and_pass_to_the_heir_of_who_changed_them(
    place: Place, analyst: Principal, admin: Principal, every_core: Core
) -> None:
    service, sources, _ = place
    store = SemanticStore(every_core.database)
    await service.put(analyst, sources.source_id, 0, MODEL)

    async with every_core.database.transaction() as session:
        await store.hand_over(session, analyst.organisation_id, analyst.user_id, admin.user_id)
    assert (await service.get(admin, sources.source_id)).changed_by is not None
    async with every_core.database.transaction() as session:
        await store.forget_source(session, analyst.organisation_id, sources.source_id)
        rows = [
            *await session.scalars(select(SemanticModelRow)),
            *await session.scalars(select(SemanticVersion)),
        ]

    assert rows == []
