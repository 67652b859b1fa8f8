"""The language model of an organisation: set by an administrator, asked by questions."""

import re
import time
from typing import Any

import msgspec

from gridlens.analytics.access import is_admin
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.language_model.endpoint import Endpoint
from gridlens.analytics.language_model.errors import ModelAnswerUnusable, StepUpNeeded
from gridlens.analytics.language_model.prompting import ModelAnswer, rules, schema
from gridlens.analytics.language_model.protocols import answer_in, call_of
from gridlens.analytics.language_model.settings import LanguageModelChange, ModelOut, ModelSettings, Tried
from gridlens.analytics.language_model.store import ModelStore
from gridlens.analytics.plans import Plans
from gridlens.analytics.semantic.model import SemanticModel
from gridlens.core.database import Database
from gridlens.core.errors import GridlensError, Refused
from gridlens.core.outbox import Outbox
from gridlens.core.principal import Principal
from gridlens.shared.auth import ActionAudited
from gridlens.shared.data_sources import SourceDescription

LONGEST_REASON = 300
_FENCE = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)
_PROBE = "Answer with cannotAnswer set to the word ready, and everything else null."


class LanguageModelService:
    def __init__(
        self, database: Database, outbox: Outbox, store: ModelStore, endpoint: Endpoint, plans: Plans
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._store = store
        self._endpoint = endpoint
        self._plans = plans

    async def get(self, principal: Principal) -> ModelOut:
        _require_admin(principal)
        kept = await self._store.current(principal.organisation_id)
        return ModelOut(version=kept.version, settings=kept.settings, has_key=kept.secret is not None)

    async def put(
        self, principal: Principal, change: LanguageModelChange, *, is_stepped_up: bool
    ) -> ModelOut:
        """Where questions will be sent; another place or another key needs the administrator's code again."""
        _require_admin(principal)
        kept = await self._store.current(principal.organisation_id)
        before, settings = kept.settings, change.settings
        key = change.key if isinstance(change.key, str) else None
        is_elsewhere = before is None or before.endpoint != settings.endpoint
        if (is_elsewhere or key is not None) and not is_stepped_up:
            raise StepUpNeeded("To say where questions are sent, enter your password and a code again.")
        if is_elsewhere and key is None and kept.secret is not None:
            # A stored key never travels to a place it was not given for.
            key = ""
        await self._store.keep(principal.organisation_id, change.version, settings, key)
        await self._audit(principal, "language_model.set", {"host": settings.host, "model": settings.model})
        return await self.get(principal)

    async def remove(self, principal: Principal, version: int) -> ModelOut:
        """No model is used any more, and its key is forgotten."""
        _require_admin(principal)
        await self._store.keep(principal.organisation_id, version, None, "")
        await self._audit(principal, "language_model.removed", {})
        return await self.get(principal)

    async def try_out(self, principal: Principal) -> Tried:
        """Ask the model for one word, to see that address, key, model and structured answers work."""
        _require_admin(principal)
        began = time.perf_counter()
        reason: str | None = None
        try:
            kept = await self._store.current(principal.organisation_id)
            if kept.settings is None:
                raise ModelAnswerUnusable("No language model is set. Save one, then try it.")
            await self._ask(kept.settings, self._store.key_of(kept), _PROBE, _PROBE)
        except GridlensError as error:
            reason = error.detail
        return Tried(
            works=reason is None, elapsed_ms=round((time.perf_counter() - began) * 1000, 1), reason=reason
        )

    async def wanted(self, principal: Principal, *, is_sure: bool) -> ModelSettings | None:
        """The model to ask now, if one is set and means to be asked."""
        settings = (await self._store.current(principal.organisation_id)).settings
        return None if settings is None or (settings.when == "unsure" and is_sure) else settings

    async def answer(
        self,
        principal: Principal,
        question: str,
        source: SourceDescription,
        model: SemanticModel,
        previous: QueryPlan | None,
    ) -> ModelAnswer:
        """A plan or SQL for the question, nothing of it checked yet.

        Raises:
            ModelUnavailable: the model does not answer.
            ModelAnswerUnusable: its answer is none.
        """
        kept = await self._store.current(principal.organisation_id)
        settings = kept.settings
        if settings is None:
            raise ModelAnswerUnusable("No language model is set.")
        told = rules(source, model, self._plans.today(source), with_values=settings.may_see_values)
        asked = question
        if previous is not None:
            before = msgspec.json.encode(previous).decode()
            asked = f"The plan of the question before: {before}\nThe question now: {question}"
        outcome = "failed"
        try:
            found = await self._ask(settings, self._store.key_of(kept), told, asked)
            outcome = "plan" if found.plan else "sql" if found.sql else "none"
        finally:
            detail = {"source": str(source.source_id), "model": settings.model, "outcome": outcome}
            await self._audit(principal, "language_model.asked", detail)
        return found

    async def _ask(self, settings: ModelSettings, key: str, told: str, question: str) -> ModelAnswer:
        reply = await self._endpoint.send(settings, call_of(settings, key, told, question, schema()))
        return _read(answer_in(settings, reply))

    async def _audit(self, principal: Principal, action: str, detail: dict[str, str]) -> None:
        async with self._database.transaction() as session:
            audited = ActionAudited(
                organisation_id=principal.organisation_id,
                user_id=principal.user_id,
                action=action,
                subject="language_model",
                detail=dict(detail),
            )
            self._outbox.save(session, audited)


def _read(answer: Any) -> ModelAnswer:
    """The answer as what was asked for; models that ignore the format often wrap it in a fence."""
    try:
        if isinstance(answer, str):
            fenced = _FENCE.match(answer)
            found = msgspec.json.decode(fenced[1] if fenced else answer, type=ModelAnswer)
        else:
            found = msgspec.convert(answer, ModelAnswer)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise ModelAnswerUnusable(
            "The language model answered something that is no query. Ask again, or in other words."
        ) from error
    if found.plan is not None:
        return ModelAnswer(plan=found.plan)
    if found.sql and found.sql.strip():
        return ModelAnswer(sql=found.sql)
    said = " ".join((found.cannot_answer or "").split())[:LONGEST_REASON]
    return ModelAnswer(cannot_answer=said or "it does not say why")


def _require_admin(principal: Principal) -> None:
    if not is_admin(principal):
        raise Refused("Only administrators set the language model. Ask one of them.")
