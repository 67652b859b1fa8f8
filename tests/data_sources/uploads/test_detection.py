from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from gridlens.data_sources.uploads import DateOrder, ReadOptions, UploadRefused, detect, preview
from gridlens.data_sources.uploads.detection import complete
from gridlens.shared.results import Kind

Write = Callable[..., Path]

GERMAN = """Zeitstempel;Zählpunkt;Wirkarbeit [kWh];Preis (€/MWh);Störung
31.01.2024 00:00;DE00012345;1.234,5;-12,30;nein
31.01.2024 00:15;DE00012345;0,25;98,00;ja
31.01.2024 00:30;DE00012345;;7,5;nein
"""


def kinds(options: ReadOptions) -> dict[str, Kind]:
    return {column.name: column.kind for column in options.columns}


def test_a_german_export_is_read_as_it_is_meant(write: Write) -> None:
    options = detect(write(GERMAN, encoding="windows-1252"), "Lastgang.csv")

    assert (options.encoding, options.delimiter, options.date_order) == ("windows-1252", ";", DateOrder.DMY)
    assert (options.decimal_comma, options.thousands) == (True, ".")
    assert kinds(options) == {
        "Zeitstempel": Kind.TIMESTAMP,
        "Zählpunkt": Kind.TEXT,
        "Wirkarbeit": Kind.NUMBER,
        "Preis": Kind.NUMBER,
        "Störung": Kind.BOOLEAN,
    }
    assert [column.unit for column in options.columns] == [None, None, "kWh", "€/MWh", None]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_even_rows(write: Write, delimiter: str) -> None:
    rows = [["time", "load", "note"], ["2024-01-01", "1.5", "all quiet"], ["2024-01-02", "2.5", "windy"]]
    text = "".join(delimiter.join(row) + "\n" for row in rows)

    assert detect(write(text), "a.csv").delimiter == delimiter


def test_a_decimal_comma_beside_semicolons_does_not_pass_for_a_delimiter(write: Write) -> None:
    assert detect(write("1,5;2,5;3,5\n" * 20), "a.csv").delimiter == ";"


def test_the_hint_that_excel_leaves_itself_is_followed(write: Write) -> None:
    options = detect(write("sep=|\r\na,b|c,d\r\n1|2\r\n"), "a.csv")

    assert (options.delimiter, options.header_row) == ("|", 2)
    assert list(kinds(options)) == ["a,b", "c,d"]


def test_quotes_may_be_single(write: Write) -> None:
    assert detect(write("name,load\n'Smith, J.',1\n'Jones, K.',2\n"), "a.csv").quote == "'"


def test_a_title_above_the_heading_is_passed_over(write: Write) -> None:
    options = detect(
        write("Monthly report\nMeter: 42\n\ntime;load [kW];price\n2024-01-01;1,5;2\n2024-01-02;2,5;3\n"), "a"
    )

    assert options.header_row == 4
    assert [column.name for column in options.columns] == ["time", "load", "price"]


def test_units_in_a_row_below_the_names_belong_to_the_heading(write: Write) -> None:
    options = detect(write("time;load;temperature\n;MW;°C\n2024-01-01;1,5;2\n2024-01-02;2,5;3\n"), "a.csv")

    assert (options.header_row, options.header_lines) == (1, 2)
    assert [(column.name, column.unit) for column in options.columns] == [
        ("time", None), ("load", "MW"), ("temperature", "°C"),
    ]  # fmt: skip


def test_merged_cells_speak_for_all_columns_below_them(write: Write) -> None:
    text = ";Site A;;Site B;\ntime;load;price;load;price\n2024-01-01;1;2;3;4\n2024-01-02;5;6;7;8\n"

    assert [column.name for column in detect(write(text), "a.csv").columns] == [
        "time", "Site A load", "Site A price", "Site B load", "Site B price",
    ]  # fmt: skip


def test_serial_numbers_above_the_names_and_units_are_passed_over(write: Write) -> None:
    head = ";SN: 21;SN: 22\n;2100000001;2100000002\n;Yield;Power\n;Counter;Analog\ndd/MM/yyyy;kWh;kW\n"
    path = write(head + "".join(f"{day:02}/05/2020;1{day},5;0,{day}\n" for day in range(1, 29)))
    options = detect(path, "a.csv")

    assert (options.header_row, options.header_lines) == (3, 3)
    assert [(column.name, column.unit) for column in options.columns[1:]] == [
        ("Yield Counter", "kWh"),
        ("Power Analog", "kW"),
    ]


def test_a_sign_at_every_number_is_the_unit(write: Write) -> None:
    columns = detect(
        write("day;price;share\n2024-01-01;$25.10;1.5 %\n2024-01-02;($3.10);2.5 %\n"), "a.csv"
    ).columns

    assert [(column.kind, column.unit) for column in columns[1:]] == [(Kind.NUMBER, "$"), (Kind.NUMBER, "%")]


def test_a_file_may_have_no_heading(write: Write) -> None:
    options = detect(write("2024-01-01,1.5,a\n2024-01-02,2.5,b\n"), "a.csv")

    assert options.header_row is None
    assert list(kinds(options)) == ["column_1", "column_2", "column_3"]


@pytest.mark.parametrize(
    ("heading", "first"),
    [("country,2021,2022,2023", "DE,1.5,2.5,3.5"), ("day,00:15,00:30,00:45", "2024-01-01,1.5,2.5,3.5")],
)
def test_years_and_times_of_day_can_head_columns(write: Write, heading: str, first: str) -> None:
    options = detect(write(f"{heading}\n{first}\n{first}\n"), "a.csv")

    assert ",".join(kinds(options)) == heading


def test_columns_that_differ_only_in_their_unit_keep_it_in_their_names(write: Write) -> None:
    options = detect(write("time,load [kW],load [kWh]\n2024-01-01,1,2\n"), "a.csv")

    assert list(kinds(options)) == ["time", "load [kW]", "load [kWh]"]


def test_columns_with_no_name_or_the_same_name_get_one_of_their_own(write: Write) -> None:
    options = detect(write("load,Load,,load\n1,2,3,4\n5,6,7,8\n"), "a.csv")

    assert list(kinds(options)) == ["load", "Load_2", "column_3", "load_3"]


def test_a_delimiter_at_the_end_of_every_line_makes_no_column(write: Write) -> None:
    options = detect(write("a;b;\n1;2;\n3;4;\n"), "a.csv")

    assert [(column.name, column.is_kept) for column in options.columns] == [
        ("a", True), ("b", True), ("column_3", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2"], Kind.INTEGER),
        (["1.0", "2.0"], Kind.NUMBER),
        (["1", "2.5", "NA"], Kind.NUMBER),
        (["00123", "00456"], Kind.TEXT),
        (["12345678901234567890", "2"], Kind.TEXT),
        (["true", "false"], Kind.BOOLEAN),
        (["0", "1"], Kind.INTEGER),
        (["2024-01-01", "2024-01-02"], Kind.DATE),
        (["2024-01-01 00:00", "2024-01-02 00:00"], Kind.TIMESTAMP),
        (["12:10 AM", "1:10 PM"], Kind.TIME),
        (['"{""a"":1}"', '"[1,2]"'], Kind.JSON),
        (["-", "n/a"], Kind.TEXT),
        (["north", "south"], Kind.TEXT),
    ],
)
def test_a_column_gets_the_narrowest_kind_that_holds_it(write: Write, cells: list[str], kind: Kind) -> None:
    options = detect(write("what,more\n" + "".join(f"{cell},x\n" for cell in cells)), "a.csv")

    assert options.columns[0].kind == kind


@pytest.mark.parametrize(("cell", "kind"), [("1700000000", Kind.TIMESTAMP), ("20240131", Kind.DATE)])
def test_a_number_is_a_time_only_where_the_heading_says_so(write: Write, cell: str, kind: Kind) -> None:
    options = detect(write(f"date,count\n{cell},{cell}\n{cell},{cell}\n"), "a.csv")

    assert [column.kind for column in options.columns] == [kind, Kind.INTEGER]


def test_a_few_wrong_cells_do_not_turn_numbers_into_text(write: Write) -> None:
    options = detect(write("load\n" + "1.5\n" * 60 + "broken\n"), "a.csv")

    assert options.columns[0].kind == Kind.NUMBER


def test_decimals_far_down_a_large_file_are_found(write: Write) -> None:
    options = detect(write("load,x\n" + "1,a\n" * 1_500_000 + "1.5,a\n" * 500_000), "a.csv")

    assert options.columns[0].kind == Kind.NUMBER


@pytest.mark.parametrize(
    ("dates", "order", "is_certain"),
    [
        (["13/01/2024", "14/01/2024"], DateOrder.DMY, True),
        (["01/13/2024", "01/14/2024"], DateOrder.MDY, True),
        (["03.04.2024", "04.04.2024"], DateOrder.DMY, True),
        (["01/02/2024 00:00", "01/02/2024 12:00", "02/02/2024 00:00"], DateOrder.DMY, False),
        (["01/02/2024 00:00", "01/02/2024 12:00", "01/03/2024 00:00"], DateOrder.MDY, False),
        (["99-12-31", "99-12-30"], DateOrder.YMD, True),
        (["2024-01-02", "2024-01-03"], DateOrder.YMD, True),
    ],
)
def test_the_order_of_day_and_month_is_told_by_days_beyond_12_or_by_neighbouring_rows(
    write: Write, dates: list[str], order: DateOrder, is_certain: bool
) -> None:
    path = write("at,load\n" + "".join(f"{date},1\n" for date in dates))
    options = detect(path, "a.csv")

    assert options.date_order == order
    codes = [caution.code for caution in preview(path, options).cautions]
    assert ("ambiguous-dates" in codes) is not is_certain


def test_3000_columns_are_refused_with_the_limit(write: Write) -> None:
    row = ",".join("1" for _ in range(3_000))

    with pytest.raises(UploadRefused, match="3,000 columns; at most 2,000"):
        detect(write(f"{row}\n{row}\n"), "wide.csv")


def test_a_line_without_end_is_refused(write: Write) -> None:
    with pytest.raises(UploadRefused, match="longer than 4 MiB"):
        detect(write(b"a," * 4_000_000), "a.csv")


def test_columns_are_found_anew_for_a_delimiter_that_somebody_chose(write: Write) -> None:
    path = write("a,b;c\n1,2;3\n4,5;6\n")
    options = msgspec.structs.replace(detect(path, "a.csv"), delimiter=";", columns=())

    assert [column.name for column in complete(path, options).columns] == ["a,b", "c"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"delimiter": "a"}, "delimiter"),
        ({"delimiter": "\n"}, "delimiter"),
        ({"quote": ","}, "quote"),
        ({"encoding": "zlib"}, "encoding"),
        ({"encoding": "unicode_escape"}, "encoding"),
        ({"zone": "Europe/Nowhere"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"decimal_comma": True, "thousands": ","}, "thousands"),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_name(
    write: Write, changes: dict[str, object], field: str
) -> None:
    path = write("a,b\n1,2\n")

    with pytest.raises(UploadRefused) as refused:
        preview(path, msgspec.structs.replace(detect(path, "a.csv"), **changes))

    assert set(refused.value.fields) == {field}


def test_options_survive_their_way_through_json(write: Write) -> None:
    options = detect(write(GERMAN), "a.csv")

    assert msgspec.json.decode(msgspec.json.encode(options), type=ReadOptions) == options
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"format": "csv", "surprise": 1}', type=ReadOptions)


@pytest.mark.parametrize(
    ("heading", "zone"),
    [
        ("DateUTC", "UTC"),
        ("Time (GMT+1)", "Etc/GMT-1"),
        ("ts UTC-05:00", "Etc/GMT+5"),
        ("time", None),
        ("UTC+99", None),
    ],
)
def test_a_heading_may_name_the_zone(write: Write, heading: str, zone: str | None) -> None:
    assert detect(write(f"{heading},load\n2024-01-01 00:00,1\n"), "a.csv").columns[0].zone == zone


def test_day_and_time_of_day_side_by_side_are_one_time(write: Write) -> None:
    path = write("Datum;Uhrzeit;Last\n31.01.2024;00:15;1,5\n31.01.2024;24:00;2,5\n31.01.2024;;3,5\n")
    options = detect(path, "a.csv")
    shown = preview(path, msgspec.structs.replace(options, zone="Europe/Berlin"))

    assert [
        (column.name, column.kind, column.time_from, column.is_kept) for column in options.columns[:2]
    ] == [
        ("Datum", Kind.TIMESTAMP, "Uhrzeit", True),
        ("Uhrzeit", Kind.TIME, None, False),
    ]
    assert [row.values[0] for row in shown.rows] == ["2024-01-30T23:15:00Z", "2024-01-31T23:00:00Z", None]
    assert [row.reason for row in shown.bad_rows] == ["“31.01.2024 ?” is not a date with time"]
    assert "date-and-time" in [caution.code for caution in shown.cautions]
