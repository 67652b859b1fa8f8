import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gridlens.data_sources.uploads import BadRowsFound, FileFormat, UploadRefused, detect, preview
from gridlens.data_sources.uploads.json_lines import members

Write = Callable[..., Path]


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_keys_become_columns_and_what_is_nested_stays_json(write: Write, imported) -> None:
    path = write(
        lines(
            {"at": "2024-01-31T10:15:00Z", "load_kw": 1.5, "tags": {"site": "a", "list": [1, 2]}, "ok": True},
            {"at": "2024-01-31T10:30:00Z", "load_kw": None, "ok": False, "note": 'say "hi"\u00e9'},
        )
    )
    table = imported(path)

    assert table.types() == {
        "at": "TIMESTAMP WITH TIME ZONE",
        "load_kw": "DOUBLE",
        "tags": "JSON",
        "ok": "BOOLEAN",
        "note": "VARCHAR",
    }
    assert table.frame().rows() == [
        (datetime(2024, 1, 31, 10, 15, tzinfo=UTC), 1.5, '{"site": "a", "list": [1, 2]}', True, None),
        (datetime(2024, 1, 31, 10, 30, tzinfo=UTC), None, None, False, 'say "hi"é'),
    ]
    assert table.comments()["load_kw"] == "[kW]"


def test_numbers_keep_every_digit(write: Write, imported) -> None:
    assert imported(write('{"n": 9007199254740993}\n{"n": 2}\n')).frame()["n"].to_list() == [
        9_007_199_254_740_993,
        2,
    ]


@pytest.mark.parametrize(
    ("first", "reason"),
    [(b'{"a": NaN}', "valid JSON"), (b'{"a": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", "nested too deep")],
)
def test_a_first_line_that_cannot_be_read_is_a_bad_row_like_any_other(
    write: Write, imported, first: bytes, reason: str
) -> None:
    outcome = imported(write(first + b'\n{"a": 1}\n{"a": 2}\n'), on_bad_row="set_aside").outcome

    assert outcome.rows_imported == 2
    assert [(row.line, reason in row.reason) for row in outcome.bad_rows] == [(1, True)]


@pytest.mark.parametrize("late", [0, 30_000])
def test_a_counter_that_decimals_beside_it_round_is_said(write: Write, late: int) -> None:
    path = write('{"n": 9007199254740993}\n' + '{"n": 2}\n' * late + '{"n": 0.5}\n')
    [caution] = [each for each in preview(path, detect(path, "a.jsonl")).cautions if each.code == "rounded"]

    assert "1 of them, such as “9007199254740993”, are rounded" in caution.message


def test_a_key_that_appears_late_is_a_column_too(write: Write, imported) -> None:
    table = imported(write('{"a": 1}\n' * 50_000 + '{"a": 2, "late": "x"}\n'))

    assert table.frame().row(-1) == (2, "x")


def test_broken_lines_are_bad_rows(write: Write, imported) -> None:
    deep = '{"a": ' + "[" * 5_000 + "]" * 5_000 + "}"
    path = write('{"a": 1}\n\n{"a": \n[1]\n"text"\n' + deep + '\n{"a": 2}\n')
    table = imported(path, on_bad_row="set_aside")

    assert [(row.line, row.reason) for row in table.outcome.bad_rows] == [
        (3, "it is not valid JSON"),
        (4, "it is not a JSON object"),
        (5, "it is not a JSON object"),
        (6, "it is nested too deep"),
    ]
    assert table.frame()["a"].to_list() == [1, 2]


@pytest.mark.parametrize(("depth", "is_good"), [(10, True), (11, False)])
def test_values_may_be_nested_ten_deep(write: Write, imported, depth: int, is_good: bool) -> None:
    path = write('{"a": {}, "b": 1}\n' + '{"a": ' + "[" * depth + "]" * depth + ', "b": 2}\n')
    columns = with_json(detect(path, "a"))

    if is_good:
        assert imported(path, columns=columns).frame().height == 2
    else:
        with pytest.raises(BadRowsFound, match="not JSON nested at most 10 deep"):
            imported(path, columns=columns)


def with_json(options):
    import msgspec

    return (msgspec.structs.replace(options.columns[0], kind="json"), options.columns[1])


def test_an_object_with_a_key_that_is_no_column_is_not_cut_silently(write: Write, imported) -> None:
    path = write(lines({"a": 1, "b": 2}))
    columns = detect(path, "a").columns[:1]

    with pytest.raises(BadRowsFound, match="its key “b” is not among the columns"):
        imported(path, columns=columns)


def test_more_than_2000_keys_are_refused(write: Write) -> None:
    path = write(lines(*({f"key{number}": 1} for number in range(2_001))))

    with pytest.raises(UploadRefused, match="more than 2,000 different keys"):
        detect(path, "a")


def test_the_preview_shows_texts_and_values(write: Write) -> None:
    path = write(lines({"at": "2024-01-31T10:15:00+01:00", "load": "1.5"}))
    options = detect(path, "a")
    (row,) = preview(path, options).rows

    assert options.format == FileFormat.JSON_LINES
    assert row.texts == ("2024-01-31T10:15:00+01:00", "1.5")
    assert row.values == ("2024-01-31T09:15:00Z", 1.5)


def test_a_file_of_objects_nested_too_deep_is_refused_for_that(write: Write) -> None:
    path = write(b'{"a": ' + b"[" * 5_000 + b"]" * 5_000 + b"}\n", name="deep.jsonl")

    with pytest.raises(UploadRefused, match="Line 1 cannot be read: it is nested too deep"):
        detect(path, "deep.jsonl")


@pytest.mark.parametrize(
    "line",
    [
        '{"load":1,"load":2,"site":"a"}',
        ' { "load" : 1 , "site" : "a b" , "load" : 2 } ',
        '{"site": "a", "load": 1, "lo\\u0061d": 2}',
        '{"load": {"a": 1}, "load": [1, 2], "site": ""}',
    ],
)
def test_a_line_with_a_key_twice_is_a_bad_row(write: Write, imported, line: str) -> None:
    path = write('{"load": 1, "site": "x"}\n' + line + '\n{"load": 3, "site": "z"}\n')
    outcome = imported(path, on_bad_row="set_aside").outcome

    assert outcome.rows_imported == 2
    assert [(row.line, row.reason) for row in outcome.bad_rows] == [
        (2, "it has the key “load” more than once")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        ' { "a" : 1,\t"b":"x y" }\r',
        '{"a": {"c": 1, "c": 2}, "b": " "}',
        '{"\\u0061": 1, "b c": 2}',
        '{"größe": "ü", "a": 1e400, "b": ' + "9" * 5_000 + "}",
    ],
)
def test_keys_that_are_all_different_are_taken_however_they_are_written(line: str) -> None:
    assert members(line.encode()).keys() == json.loads(line, parse_int=str).keys()
