"""What analytics answers other modules, and what it does when they tell of changes."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from tests.analytics.conftest import Sources, with_role

from gridlens import analytics
from gridlens.analytics.questions.schemas import NewQuestion, QuestionDetail
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.questions.sharing import QuestionSharing
from gridlens.core.errors import Refused
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.shared.analytics import DescribeQuestion, RunQuery, RunQuestion
from gridlens.shared.auth import UserErased
from gridlens.shared.data_sources import CatalogChanged, SourceDeleted
from gridlens.shared.permissions import Role
from gridlens.shared.time import Filter, Scope

pytestmark = pytest.mark.anyio


@pytest.fixture
async def service(core: Core, sources: Sources) -> AsyncIterator[QuestionService]:
    """Analytics as it joins the bus in the application."""
    services = analytics.connect(core)
    async with analytics.lifespan(core):
        yield services["question_service"]  # type: ignore[misc]


@pytest.fixture
async def question(
    core: Core, service: QuestionService, sources: Sources, analyst: Principal
) -> QuestionDetail:
    new = NewQuestion(name="Sites", source_id=sources.source_id, sql="SELECT name FROM site ORDER BY name")
    made = await service.create(analyst, new)
    sharing = QuestionSharing(core.database, core.bus, core.outbox)
    await sharing.share(analyst, made.question_id, with_role(Role.VIEWER))
    return made


async def test_modules_run_questions_within_a_scope(
    core: Core, question: QuestionDetail, viewer: Principal
) -> None:
    scope = Scope(filters=(Filter(column="name", values=("Old Mill",)),))

    ask = RunQuestion(principal=viewer, question_id=question.question_id, scope=scope)

    assert (await core.bus.request(ask)).frame.rows() == [("Old Mill",)]


async def test_modules_run_sql_for_those_who_may(
    core: Core, service: QuestionService, sources: Sources, analyst: Principal, viewer: Principal
) -> None:
    def ask(principal: Principal) -> RunQuery:
        return RunQuery(
            principal=principal, source_id=sources.source_id, sql="SELECT * FROM reading", row_limit=3
        )

    result = await core.bus.request(ask(analyst))

    assert (result.frame.height, result.is_cut) == (3, True)
    with pytest.raises(Refused):
        await core.bus.request(ask(viewer))


async def test_a_question_is_described_by_its_name_source_and_sql(
    core: Core, question: QuestionDetail, sources: Sources, viewer: Principal
) -> None:
    told = await core.bus.request(DescribeQuestion(principal=viewer, question_id=question.question_id))

    assert (told.name, told.source_id, told.sql) == ("Sites", sources.source_id, question.sql)


@pytest.mark.parametrize("kind", [CatalogChanged, SourceDeleted])
async def test_answers_leave_the_disk_when_their_source_changes_or_goes(
    core: Core,
    service: QuestionService,
    question: QuestionDetail,
    sources: Sources,
    analyst: Principal,
    kind: type[CatalogChanged | SourceDeleted],
) -> None:
    await core.bus.request(RunQuestion(principal=analyst, question_id=question.question_id))
    await service._queries.cache.settle()
    folder = core.settings.data_dir / "cache" / "answers" / sources.source_id.hex
    assert len(list(folder.glob("*.arrow"))) == 1

    more = {"version": 2} if kind is CatalogChanged else {}
    event = kind(organisation_id=sources.organisation_id, source_id=sources.source_id, **more)
    assert await core.bus.publish(event) == []

    assert not folder.exists()
    await core.bus.request(RunQuestion(principal=analyst, question_id=question.question_id))
    assert len(sources.fetched) == 2


async def test_questions_of_somebody_who_is_erased_pass_to_their_heir_once(
    core: Core, question: QuestionDetail, service: QuestionService, analyst: Principal, admin: Principal
) -> None:
    event = UserErased(
        organisation_id=analyst.organisation_id, user_id=analyst.user_id, heir_id=admin.user_id
    )

    assert await core.bus.publish(event) == []
    assert await core.bus.publish(event) == []

    found = await service.get(admin, question.question_id)
    assert found.owner is not None
    assert found.owner.user_id == admin.user_id
    assert found.access == "own"


async def test_runs_of_somebody_who_is_erased_stay_without_their_name(
    core: Core, question: QuestionDetail, service: QuestionService, analyst: Principal, admin: Principal
) -> None:
    await core.bus.request(RunQuestion(principal=analyst, question_id=question.question_id))
    history = service._queries._history  # which has not stored the run yet

    await core.bus.publish(
        UserErased(organisation_id=analyst.organisation_id, user_id=analyst.user_id, heir_id=admin.user_id)
    )

    [run] = await history.page(analyst.organisation_id)
    assert run.user_id is None
    assert run.sql == question.sql


async def test_old_runs_are_forgotten(
    core: Core, question: QuestionDetail, service: QuestionService, analyst: Principal
) -> None:
    from datetime import UTC, datetime

    from gridlens.analytics.running.history import Run

    history = service._queries._history
    for started_at in (datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC)):
        history.note(
            Run(
                id=uuid4(),
                organisation_id=analyst.organisation_id,
                user_id=None,
                source_id=question.source_id,
                question_id=None,
                door="sql",
                sql="SELECT 1",
                status="succeeded",
                error=None,
                started_at=started_at,
                elapsed_ms=1,
            )
        )

    await history.flush()
    await history.forget_old()

    assert [run.started_at.year for run in await history.page(analyst.organisation_id)] != [2020]
    assert len(await history.page(analyst.organisation_id)) == 1
