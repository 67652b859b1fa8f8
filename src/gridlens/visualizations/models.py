"""The table of charts; nobody else reads it."""

from typing import Any
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.core.models import Json, OwnedEntity


class Chart(OwnedEntity):
    """A question and how its rows are drawn. ``version`` rises with every change."""

    __tablename__ = "chart"

    owner_id: Mapped[UUID] = mapped_column(index=True)
    question_id: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    spec: Mapped[dict[str, Any]] = mapped_column(Json)
    version: Mapped[int] = mapped_column(default=1)
