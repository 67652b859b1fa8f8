"""What terms look like from outside."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.analytics.ask.plan import ColumnRef, Identifier, QueryPlan
from gridlens.analytics.semantic.model import MetricName, SemanticModel, Words
from gridlens.shared.auth import Person

Version = Annotated[int, Meta(ge=0)]
Question = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\w")]


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class _Output(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class ModelChange(_Input, frozen=True, kw_only=True):
    """The whole model anew; ``version`` is the one it was read with."""

    version: Version
    model: SemanticModel


class FileChange(_Input, frozen=True, kw_only=True):
    """The same as a YAML file."""

    version: Version
    text: Annotated[str, Meta(max_length=2 * 2**20)]


class FileToCheck(_Input, frozen=True, kw_only=True):
    text: Annotated[str, Meta(max_length=2 * 2**20)]


class MeansTable(_Input, frozen=True, kw_only=True, tag="table"):
    table: Identifier
    schema: Identifier | None = None


class MeansColumn(_Input, frozen=True, kw_only=True, tag="column"):
    column: ColumnRef


class MeansValue(_Input, frozen=True, kw_only=True, tag="value"):
    column: ColumnRef
    value: Annotated[str, Meta(min_length=1, max_length=500)]


class MeansMetric(_Input, frozen=True, kw_only=True, tag="metric"):
    name: MetricName


class MeansWords(_Input, frozen=True, kw_only=True, tag="words"):
    """Other words of a question."""

    words: Annotated[str, Meta(min_length=1, max_length=200)]


class NewTerm(_Input, frozen=True, kw_only=True):
    """Words that mean something here, for everybody from now on."""

    words: Words
    means: MeansTable | MeansColumn | MeansValue | MeansMetric | MeansWords


class NewVerified(_Input, frozen=True, kw_only=True):
    """Either ``plan`` or ``sql`` is the right answer to the question."""

    question: Question
    plan: QueryPlan | None = None
    sql: Annotated[str, Meta(min_length=1, max_length=65_536)] | None = None


class NotVerified(_Input, frozen=True, kw_only=True):
    question: Question


class Restore(_Input, frozen=True, kw_only=True):
    """``version`` is the one that is there, ``to`` the one to go back to."""

    version: Version
    to: Version


class FindingOut(_Output, frozen=True, kw_only=True):
    """Something that cannot be used as it stands; ``line`` where it came as a file."""

    path: str
    place: str
    reason: str
    line: int | None = None


class SemanticOut(_Output, frozen=True, kw_only=True):
    """What is agreed (nothing yet at version 0), and what the catalog suggests beside it."""

    source_id: UUID
    version: int
    model: SemanticModel
    proposal: SemanticModel
    findings: tuple[FindingOut, ...]
    can_edit: bool
    changed_by: Person | None
    changed_at: datetime | None


class SemanticFile(_Output, frozen=True, kw_only=True):
    version: int
    text: str


class VersionOut(_Output, frozen=True, kw_only=True):
    version: int
    note: str
    changed_by: Person | None
    changed_at: datetime


class Changed(_Output, frozen=True, kw_only=True):
    """What to restore to take a change back: from ``version`` to ``before``."""

    version: int
    before: int
