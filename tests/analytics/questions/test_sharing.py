"""A question is its owner's until it is shared, with people and roles, or shown on a dashboard."""

from uuid import UUID, uuid4

import msgspec
import pytest
from tests.analytics.conftest import Sources, with_role

from gridlens import analytics
from gridlens.analytics.errors import NobodyToShareWith, QuestionNotFound
from gridlens.analytics.questions.schemas import NewQuestion, QuestionChange, QuestionDetail
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.questions.sharing import QuestionSharing
from gridlens.core.errors import Refused
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.shared.analytics import ReadableQuestions
from gridlens.shared.auth import UserErased
from gridlens.shared.permissions import Role
from gridlens.shared.sharing import Shares, ShareWithRole, ShareWithUser

pytestmark = pytest.mark.anyio
SQL = "SELECT name FROM site"


@pytest.fixture
def colleague(analyst: Principal) -> Principal:
    return msgspec.structs.replace(analyst, user_id=uuid4(), name="Second analyst")


@pytest.fixture
async def question(questions: QuestionService, sources: Sources, analyst: Principal) -> QuestionDetail:
    new = NewQuestion(name="Sites", source_id=sources.source_id, sql=SQL, words="which sites are there")
    return await questions.create(analyst, new)


async def sees(questions: QuestionService, who: Principal, question_id: UUID) -> bool:
    """Whether a question is there for somebody, by every door alike."""
    answers = set()
    for work in (questions.get, questions.run, questions.describe):
        try:
            await work(who, question_id)
            answers.add(True)
        except QuestionNotFound:
            answers.add(False)
    answers.add(question_id in await questions.readable(who, (question_id, uuid4())))
    assert len(answers) == 1
    return answers.pop()


async def test_a_new_question_is_seen_by_its_owner_and_administrators_alone(
    questions: QuestionService,
    question: QuestionDetail,
    analyst: Principal,
    colleague: Principal,
    viewer: Principal,
    admin: Principal,
) -> None:
    seen = [await sees(questions, who, question.question_id) for who in (analyst, admin, colleague, viewer)]
    listed = [len(await questions.list_all(who)) for who in (analyst, admin, colleague, viewer)]

    assert seen == [True, True, False, False]
    assert listed == [1, 1, 0, 0]
    assert await questions.words_on(colleague, question.source_id, 5) == []
    with pytest.raises(QuestionNotFound):
        await questions.delete(colleague, question.question_id)


async def test_who_it_is_shared_with_sees_it_until_that_ends(
    questions: QuestionService,
    sharing: QuestionSharing,
    sources: Sources,
    question: QuestionDetail,
    analyst: Principal,
    colleague: Principal,
    viewer: Principal,
) -> None:
    sources.colleagues = (*sources.colleagues, colleague)
    shares = Shares(
        entries=(
            ShareWithRole(role=Role.VIEWER, access="view"),
            ShareWithUser(user_id=colleague.user_id, access="edit"),
        )
    )

    kept = await sharing.share(analyst, question.question_id, shares)

    assert set(kept.entries) == set(shares.entries)
    assert (await questions.get(viewer, question.question_id)).access == "view"
    assert [each.access for each in await questions.list_all(colleague)] == ["edit"]
    await sharing.share(analyst, question.question_id, Shares(entries=()))
    assert not await sees(questions, viewer, question.question_id)
    assert not await sees(questions, colleague, question.question_id)


async def test_who_may_edit_changes_it_and_only_its_owner_shares_and_deletes_it(
    questions: QuestionService,
    sharing: QuestionSharing,
    question: QuestionDetail,
    analyst: Principal,
    colleague: Principal,
) -> None:
    await sharing.share(analyst, question.question_id, with_role(Role.ANALYST, "edit"))

    changed = await questions.change(
        colleague, question.question_id, QuestionChange(version=1, name="Places", sql=SQL)
    )

    assert (changed.name, changed.access) == ("Places", "edit")
    for attempt in (
        questions.delete(colleague, question.question_id),
        sharing.shares(colleague, question.question_id),
        sharing.share(colleague, question.question_id, Shares(entries=())),
    ):
        with pytest.raises(Refused):
            await attempt


async def test_who_sees_it_on_a_dashboard_may_read_it(
    questions: QuestionService,
    sources: Sources,
    question: QuestionDetail,
    viewer: Principal,
    colleague: Principal,
) -> None:
    sources.shown_to[viewer.user_id] = {question.question_id}

    assert await sees(questions, viewer, question.question_id)
    assert not await sees(questions, colleague, question.question_id)
    # The list holds what is one's own or was given by name.
    assert await questions.list_all(viewer) == []


async def test_a_dashboard_opens_nothing_of_another_organisation(
    questions: QuestionService, sources: Sources, question: QuestionDetail, viewer: Principal
) -> None:
    stranger = msgspec.structs.replace(viewer, organisation_id=uuid4())
    sources.shown_to[stranger.user_id] = {question.question_id}

    with pytest.raises(QuestionNotFound):
        await questions.get(stranger, question.question_id)


async def test_nothing_is_shared_with_somebody_unknown(
    sharing: QuestionSharing, question: QuestionDetail, analyst: Principal
) -> None:
    entries = (
        ShareWithRole(role=Role.VIEWER, access="view"),
        ShareWithUser(user_id=uuid4(), access="view"),
    )

    with pytest.raises(NobodyToShareWith) as refusal:
        await sharing.share(analyst, question.question_id, Shares(entries=entries))

    assert refusal.value.fields == {"entries[1].userId": "nobody of your organisation"}
    assert (await sharing.shares(analyst, question.question_id)).entries == ()


async def test_what_was_shared_with_somebody_who_is_erased_is_shared_no_more(
    core: Core, sources: Sources, analyst: Principal, viewer: Principal
) -> None:
    services = analytics.connect(core)
    questions, sharing = services["question_service"], services["question_sharing"]
    assert isinstance(questions, QuestionService)
    assert isinstance(sharing, QuestionSharing)
    made = await questions.create(analyst, NewQuestion(name="Sites", source_id=sources.source_id, sql=SQL))
    shares = Shares(entries=(ShareWithUser(user_id=viewer.user_id, access="view"),))
    await sharing.share(analyst, made.question_id, shares)
    asked = ReadableQuestions(principal=viewer, question_ids=(made.question_id,))
    assert await core.bus.request(asked) == {made.question_id}

    await core.bus.publish(
        UserErased(organisation_id=viewer.organisation_id, user_id=viewer.user_id, heir_id=analyst.user_id)
    )

    assert (await sharing.shares(analyst, made.question_id)).entries == ()
    assert await core.bus.request(asked) == frozenset()
