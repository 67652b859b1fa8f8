"""`gridlens semantic`: terms as files."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.analytics.engines import duckdb_file
from tests.querying.installation import install

from gridlens.cli import main

FILE = """\
tables:
  reading:
    columns:
      kwh:
        synonyms: [Bezug]
metrics:
  use:
    formula: sum(reading.kwh)
words:
  HT: weekdays from 8 to 20
questions:
- question: How many meters?
  sql: SELECT count(*) FROM meter
"""
WRONG = FILE.replace("sum(reading.kwh)", "sum(reading.gone)").replace("SELECT count(*) FROM", "DELETE FROM")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    duckdb_file(tmp_path / "energy.duckdb")
    found = {"GRIDLENS_DATA_DIR": str(tmp_path / "data"), "GRIDLENS_FILE_ROOTS": str(tmp_path)}
    install(tmp_path, found)
    return found


def semantic(environment: dict[str, str], *arguments: str, piped: str | None = None) -> Result:
    return CliRunner(env=environment).invoke(main, ["semantic", *arguments], input=piped)


def test_a_file_survives_import_and_export(environment: dict[str, str], tmp_path: Path) -> None:
    path, out = tmp_path / "terms.yaml", tmp_path / "out.yaml"
    path.write_text("# how we speak\n" + FILE)
    proposal = semantic(environment, "export", "metering")

    imported = semantic(environment, "import", "Metering", str(path))
    again = semantic(environment, "import", "Metering", "-", piped=FILE)
    exported = semantic(environment, "export", "Metering", "--out", str(out))

    assert "adds_up: additive" in proposal.stdout
    assert imported.output == "The terms of Metering are at version 1.\n"
    assert again.output == "The terms of Metering are at version 2.\n"
    assert exported.exit_code == 0
    assert out.read_text() == FILE
    assert semantic(environment, "export", "Metering", "--proposed").stdout == proposal.stdout


def test_a_wrong_file_is_refused_with_line_and_reason_and_changes_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "terms.yaml"
    path.write_text(WRONG)

    checked = semantic(environment, "check", "Metering", str(path))
    refused = semantic(environment, "import", "Metering", str(path))
    viewer = semantic(environment, "import", "Metering", "--as", "vera@example.org", "-", piped=FILE)
    broken = semantic(environment, "check", "Metering", "-", piped="tables:\n  a: 3\n")

    assert checked.exit_code == 1
    lines = checked.stdout.splitlines()
    assert lines[0].startswith(f"{path}:8: use: Table “reading” has no column named “gone”")
    assert lines[1].startswith(f"{path}:13: How many meters?: ")
    assert (refused.exit_code, "Line 8: use" in refused.stderr) == (1, True)
    assert viewer.exit_code == 1
    assert broken.stdout.endswith(":2: “a” needs members of its own, indented below it.\n")
    assert "additive" in semantic(environment, "export", "Metering").stdout


def test_files_are_proposed_for_and_checked_against_a_url(tmp_path: Path) -> None:
    duckdb_file(tmp_path / "energy.duckdb")
    url = f"duckdb:///{tmp_path}/energy.duckdb"

    proposal = semantic({}, "export", url)
    fits = semantic({}, "check", url, "-", piped=proposal.stdout)
    wrong = semantic({}, "check", url, "-", piped=WRONG)
    kept = semantic({}, "import", url, "-", piped=FILE)

    assert (fits.exit_code, fits.stderr) == (0, "The file fits.\n")
    assert [line.split(":")[1] for line in wrong.stdout.splitlines()] == ["8", "13"]
    assert "Name one instead of a URL" in kept.stderr


def test_questions_of_the_command_line_use_what_was_agreed(environment: dict[str, str]) -> None:
    semantic(environment, "import", "Metering", "-", piped=FILE)

    def ask(*arguments: str) -> Result:
        return CliRunner(env=environment).invoke(main, ["ask", "--source", "Metering", *arguments])

    verified, defined, refused = ask("How many meters?"), ask("use by meter"), ask("x", "--semantic", "-")

    assert verified.stdout == "SELECT count(*) FROM meter\n"
    assert "Verified" in verified.stderr
    assert 'SUM(reading.kwh) AS "use"' in defined.stdout
    assert (refused.exit_code, "terms of its own" in refused.stderr) == (1, True)
