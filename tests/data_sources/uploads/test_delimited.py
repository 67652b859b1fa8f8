from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from gridlens.data_sources.uploads.delimited import DelimitedReader
from gridlens.data_sources.uploads.options import FileFormat, ReadOptions

PIECES = st.sampled_from(
    [b"a,b\n", b'"x,y",2\n', b'"two\nlines",3\r\n', b'5" pipe,4\n', b"\r\n", b"ragged\n", b"1,2,,\n",
     b'7,"8\n', b'"9" ,10\n', "Köln,°C\n".encode(), b"\xff,1\n", b"\0,1\r", b'"a""b",c\n', b"1,2,3\n", b",\n",
     b'"",""\n', b'" ",x\r\n']
)  # fmt: skip


def everything(
    path: Path, chunk_bytes: int, encoding: str = "utf-8"
) -> tuple[list[object], list[object], int]:
    """Rows with their lines, faults, and the number of blank lines."""
    options = ReadOptions(format=FileFormat.CSV, header_row=None, encoding=encoding)
    rows: list[object] = []
    faults: list[object] = []
    blank_lines = 0
    for batch in DelimitedReader(path, options, 2, chunk_bytes=chunk_bytes).batches():
        located = batch.locate(range(batch.frame.height))
        rows += [
            (line, text, *cells) for (line, text), cells in zip(located, batch.frame.rows(), strict=True)
        ]
        faults += batch.faults
        blank_lines += batch.blank_lines
    return rows, faults, blank_lines


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=25).map(b"".join), st.integers(1, 60))
def test_it_does_not_matter_in_which_chunks_a_file_is_read(content: bytes, chunk_bytes: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "any.csv")
        path.write_bytes(content)

        assert everything(path, chunk_bytes) == everything(path, 1 << 20)


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.sampled_from('aä°,"\n\r '), max_size=60),
    st.sampled_from(["utf-16-le", "utf-32-be", "windows-1252"]),
)
def test_it_does_not_matter_in_which_encoding_a_file_is(text: str, encoding: str) -> None:
    with TemporaryDirectory() as folder:
        path, other = Path(folder, "any.csv"), Path(folder, "other.csv")
        path.write_bytes(text.encode())
        other.write_bytes(text.encode(encoding))

        assert everything(other, 5, encoding) == everything(path, 1 << 20)


def test_every_row_is_somewhere(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    lines = [b"1,2\n", b"ragged\n", b'"a\nb",3\n', b"\n", b'4,"open\n', b"5,6\n"]
    path.write_bytes(b"".join(lines) * 1_000)

    rows, faults, blank_lines = everything(path, 997)

    assert len(rows) == 3_000
    assert len(faults) == 2_000
    assert blank_lines == 1_000
