"""Groups, and what places a person among others."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.auth.schemas.state import PRINTABLE
from gridlens.auth.services.groups import CountedGroup

GroupName = Annotated[str, Meta(min_length=1, max_length=100, pattern=PRINTABLE)]
AttributeName = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
AttributeText = Annotated[str, Meta(min_length=1, max_length=400, pattern=r"^[^\x00]*$")]
AttributeValues = Annotated[list[AttributeText | int | float | bool], Meta(min_length=1, max_length=200)]


class GroupOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    group_id: UUID
    name: str
    members: int

    @classmethod
    def of(cls, counted: CountedGroup) -> "GroupOut":
        return cls(group_id=counted.group.id, name=counted.group.name, members=counted.members)


class NewGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    name: GroupName


class Belonging(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """The whole of it: what is not named is taken away."""

    group_ids: Annotated[list[UUID], Meta(max_length=200)]
    attributes: Annotated[dict[AttributeName, AttributeValues], Meta(max_length=50)]
