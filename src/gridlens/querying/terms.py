"""Terms of a source as files: written out, read in, held against the source."""

from datetime import datetime
from zoneinfo import ZoneInfo

from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.files import write
from gridlens.analytics.semantic.proposing import proposed
from gridlens.analytics.semantic.service import check_file
from gridlens.core.config import Settings
from gridlens.core.errors import Invalid
from gridlens.querying.opening import opened


async def exported(settings: Settings, source: str, email: str | None, *, is_proposal: bool) -> str:
    """What is agreed; where nothing is, or on demand, what the catalog suggests."""
    async with opened(settings, source, "UTC", email) as place:
        if place.terms is None or is_proposal:
            return write(proposed(place.source.catalog))
        return (await place.terms.export(place.principal, place.source.source_id)).text


async def imported(settings: Settings, source: str, text: str, email: str | None) -> int:
    """The version that the file became.

    Raises:
        InvalidModel: it does not fit the source; with the line.
    """
    async with opened(settings, source, "UTC", email) as place:
        if place.terms is None:
            raise Invalid("Terms are kept for sources of the installation. Name one instead of a URL.")
        source_id = place.source.source_id
        version = (await place.terms.export(place.principal, source_id)).version
        return (await place.terms.put_file(place.principal, source_id, version, text)).version


async def mistakes(settings: Settings, source: str, text: str, email: str | None) -> list[str]:
    """What in the file does not fit the source, a line each; of a file that is none, the first mistake."""
    async with opened(settings, source, "UTC", email) as place:
        today = datetime.now(ZoneInfo(place.source.zone)).date()
        try:
            found = await check_file(place.queries, place.principal, place.source, text, today)
        except InvalidModel as error:
            return [f"{error.line or 1}: {error.reason}"]
    return [f"{each.line or 1}: {each.place}: {each.reason}" for each in found]
