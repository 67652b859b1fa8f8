"""What utilities call things, in German and in English, finds what a source calls in the other language."""

from uuid import UUID

import pytest
from tests.analytics.ask.company import TODAY, ZONE

from gridlens.analytics.ask import Understanding, describe, understand
from gridlens.core.models import utc_now
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable, ForeignKey
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.results import ColumnRole, Kind


def number(name: str, unit: str) -> CatalogColumn:
    return CatalogColumn(
        name=name, native_type="DOUBLE", kind=Kind.NUMBER, role=ColumnRole.MEASURE, unit=unit
    )


def text(name: str) -> CatalogColumn:
    return CatalogColumn(name=name, native_type="VARCHAR", kind=Kind.TEXT)


def key(name: str) -> CatalogColumn:
    return CatalogColumn(name=name, native_type="INTEGER", kind=Kind.INTEGER, role=ColumnRole.KEY)


def source(point: str, level: str, fee: str, reading: tuple[str, str]) -> SourceDescription:
    """Points that take energy at a level of voltage, whose name is the key of what the grid charges."""
    tables = (
        CatalogTable(
            name=point,
            primary_key=("id",),
            columns=(key("id"), text("name"), text(level)),
            foreign_keys=(ForeignKey(columns=(level,), table=fee, referenced_columns=(level,)),),
        ),
        CatalogTable(
            name=fee, primary_key=(level,), columns=(text(level), number("satz_ct_kwh", unit="ct/kWh"))
        ),
        CatalogTable(
            name=reading[0],
            interval_seconds=3600,
            columns=(
                key(f"{point}_id"),
                CatalogColumn(name="ts", native_type="TIMESTAMP", kind=Kind.TIMESTAMP, role=ColumnRole.TIME),
                number(reading[1], unit="kWh"),
            ),
            foreign_keys=(ForeignKey(columns=(f"{point}_id",), table=point, referenced_columns=("id",)),),
        ),
    )
    return SourceDescription(
        source_id=UUID(int=3),
        name="grid",
        dialect="duckdb",
        zone=ZONE,
        catalog=Catalog(tables=tables, version=1, read_at=utc_now()),
    )


GERMAN = source("verbrauchsstelle", "spannungsebene", "netzentgelt", ("messwert", "verbrauch_kwh"))
ENGLISH = source("consumption_point", "voltage_level", "grid_fee", ("reading", "consumption_kwh"))


def asked(question: str, of: SourceDescription) -> Understanding:
    return understand(question, of, TODAY, ZONE)


def sentence(question: str, of: SourceDescription) -> str:
    found = asked(question, of)
    assert found.plan is not None, found.reason
    return describe(found.plan, of).text


@pytest.mark.parametrize(
    "question",
    ["Verbrauch je Spannungsebene", "verbrauch nach spannungsebene", "consumption by voltage level"],
)
def test_a_key_that_is_a_name_of_its_own_can_be_split_by_in_both_languages(question: str) -> None:
    assert sentence(question, GERMAN) == ("Showing verbrauch summed in kWh by spannungsebene, largest first")
    assert sentence(question, ENGLISH) == (
        "Showing consumption summed in kWh by voltage level, largest first"
    )


@pytest.mark.parametrize("question", ["Netzentgelt je Spannungsebene", "network charge by voltage level"])
def test_a_table_of_charges_says_what_its_prices_are(question: str) -> None:
    assert sentence(question, GERMAN).startswith("Showing satz averaged in ct/kWh by spannungsebene")
    assert sentence(question, ENGLISH).startswith("Showing satz averaged in ct/kWh by voltage level")


def test_a_place_of_consumption_is_no_consumption() -> None:
    for question in ("list the consumption points", "welche Verbrauchsstellen gibt es"):
        assert sentence(question, GERMAN) == "Showing verbrauchsstelle"
        assert sentence(question, ENGLISH) == "Showing consumption point"
    assert "by consumption point" in sentence("Verbrauch je Verbrauchsstelle", ENGLISH)


def test_a_term_that_the_source_does_not_have_stays_two_words() -> None:
    found = asked("consumption by balancing group", GERMAN)

    assert found.plan is None
    assert [word.text for word in found.unknown_words] == ["balancing", "group"]
