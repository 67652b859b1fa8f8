from hypothesis import example, given
from hypothesis import strategies as st

from gridlens.data_sources.uploads.limits import MAX_FIELD_BYTES
from gridlens.data_sources.uploads.records import Dialect, render, skeleton, walk

COMMA = Dialect(b",", b'"')
pieces = st.lists(
    st.sampled_from([b"a", b"b", b",", b"\n", b'"', b'""', b" ", b"\t", b"1.5"]), max_size=40
).map(b"".join)


def fields(data: bytes, dialect: Dialect = COMMA) -> list[list[bytes] | None]:
    return [record.fields for record in walk(data, 1, dialect, at_end=True)]


def test_a_doubled_quote_stands_for_one_and_a_quoted_line_end_belongs_to_the_field() -> None:
    assert fields(b'1,"say ""hi"""\n2,"two\nlines"\n') == [[b"1", b'say "hi"'], [b"2", b"two\nlines"]]


def test_lines_are_counted_through_quoted_line_ends() -> None:
    records = walk(b'a,"1\n2\n3"\nb,2\n', 10, COMMA, at_end=True)

    assert [record.line for record in records] == [10, 13]


def test_a_quote_in_the_middle_of_a_field_is_an_ordinary_character() -> None:
    assert fields(b'5" pipe,1\n6" pipe,2\n') == [[b'5" pipe', b"1"], [b'6" pipe', b"2"]]


def test_blanks_around_a_quoted_field_do_not_matter() -> None:
    assert fields(b'1, "a,b" ,2\n') == [[b"1", b"a,b", b"2"]]


def test_an_unclosed_quote_costs_only_its_own_line() -> None:
    records = list(walk(b'1,"open\n2,b\n3,c\n', 1, COMMA, at_end=True))

    assert [(record.line, record.fault is None) for record in records] == [(1, False), (2, True), (3, True)]


def test_text_after_a_closing_quote_is_a_fault() -> None:
    (record,) = walk(b'1,"a"b\n', 1, COMMA, at_end=True)

    assert record.fault == "there is text after a closing quote"


def test_a_record_that_may_go_on_is_left_for_later() -> None:
    assert list(walk(b'1,2\n3,"open\nstill', 1, COMMA, at_end=False)) == list(
        walk(b"1,2\n", 1, COMMA, at_end=True)
    )


def test_a_quote_open_for_longer_than_a_field_may_be_is_given_up() -> None:
    data = b'1,"' + b"x\n" * MAX_FIELD_BYTES
    first = next(walk(data, 1, COMMA, at_end=False))

    assert first.fault == "a quote is opened and not closed"


def test_a_skeleton_ends_with_the_last_complete_record() -> None:
    found = skeleton(b'1,"a\nb"\n2,"c', COMMA)

    assert found is not None
    assert (found.shape, found.end, found.has_inner_lines) == (b",\n", 8, True)


def test_a_skeleton_is_refused_where_a_quote_is_out_of_place() -> None:
    assert skeleton(b'1,5" pipe\n2,6" pipe\n', COMMA) is None


@given(pieces)
@example(b'"a""b",c\n')
@example(b'"","\n"\n""\n')
def test_where_there_is_a_skeleton_it_agrees_with_the_walk(data: bytes) -> None:
    found = skeleton(data, COMMA)
    if found is None:
        return

    records = list(walk(data[: found.end], 1, COMMA, at_end=True))

    assert all(record.fault is None for record in records)
    widths = [line.count(b",") + 1 for line in found.shape.split(b"\n")[:-1]]
    assert [len(record.fields or []) for record in records] == widths


@given(pieces, st.integers(0, 40))
def test_it_does_not_matter_where_the_text_is_cut_while_reading(data: bytes, cut: int) -> None:
    data += b"\n"
    whole = list(walk(data, 1, COMMA, at_end=True))

    early = list(walk(data[:cut], 1, COMMA, at_end=False))
    consumed = sum(len(record.raw) + 1 for record in early)
    line = 1 + data[:consumed].count(b"\n")

    assert early + list(walk(data[consumed:], line, COMMA, at_end=True)) == whole


@given(
    st.lists(
        st.binary(min_size=1, max_size=8).filter(lambda field: b"\0" not in field), min_size=2, max_size=5
    )
)
def test_what_is_rendered_is_read_back(row: list[bytes]) -> None:
    line = render(row, COMMA) + b"\n"
    found = skeleton(line, COMMA)

    assert fields(line) == [row]
    assert found is not None
    assert found.end == len(line)
