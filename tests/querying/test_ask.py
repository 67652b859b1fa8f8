"""`gridlens ask`: questions in plain words for programs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.analytics.engines import duckdb_file

from gridlens.cli import main


@pytest.fixture
def url(tmp_path: Path) -> str:
    duckdb_file(tmp_path / "energy.duckdb")
    return f"duckdb:///{tmp_path}/energy.duckdb"


def gridlens(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["ask", *arguments])


def test_a_question_becomes_sql_with_how_it_was_understood(url: str) -> None:
    result = gridlens("How many sites are there?", "--source", url)

    assert result.exit_code == 0
    assert "COUNT(*)" in result.stdout
    assert "the number of sites" in result.stderr


def test_a_program_gets_the_whole_answer(url: str) -> None:
    answer = json.loads(gridlens("names of the sites in Hamburg", "--source", url, "--json").stdout)

    assert answer["answered"]
    assert "Hamburg" in answer["sql"]
    assert answer["plan"]["filters"][0]["values"] == ["Hamburg"]
    assert 0 < answer["confidence"] <= 1


def test_a_url_is_read_with_the_values_of_its_columns(url: str) -> None:
    answer = json.loads(gridlens("energy of Harbour Campus by meter", "--source", url, "--json").stdout)

    assert answer["answered"]
    assert "'Harbour Campus'" in answer["sql"]
    assert "SUM(reading.kwh)" in answer["sql"]


def test_what_nothing_stands_for_is_refused_with_the_word(url: str) -> None:
    result = gridlens("What is the phone number of the plumber?", "--source", url)

    assert result.exit_code == 1
    assert "phone" in result.stderr


def test_a_file_of_questions_gets_an_answer_a_line(url: str, tmp_path: Path) -> None:
    questions, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    questions.write_text('{"id": 1, "question": "How many sites are there?"}\n{"id": 2, "question": "?"}\n')

    result = gridlens("--source", url, "--questions", str(questions), "--out", str(out))

    assert result.exit_code == 0
    first, second = [json.loads(line) for line in out.read_text().splitlines()]
    assert (first["id"], first["answered"]) == (1, True)
    assert (second["id"], second["answered"]) == (2, False)


def test_a_broken_line_is_named(url: str, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": 1, "question": "How many sites?"}\n{"id": 2}\n')

    result = gridlens("--source", url, "--questions", str(questions), "--out", str(tmp_path / "out"))

    assert result.exit_code == 1
    assert "Line 2" in result.stderr


def test_terms_come_with_a_file_for_a_url(url: str, tmp_path: Path) -> None:
    terms = tmp_path / "terms.yaml"
    terms.write_text("metrics:\n  fleet draw:\n    formula: sum(reading.kwh)\n    unit: kWh\n")

    without = gridlens("fleet draw by meter", "--source", url)
    answer = json.loads(
        gridlens("fleet draw by meter", "--source", url, "--semantic", str(terms), "--json").stdout
    )
    terms.write_text("metrics: 3\n")
    wrong = gridlens("fleet draw by meter", "--source", url, "--semantic", str(terms))

    assert "SUM(reading.kwh)" not in without.stdout
    assert answer["plan"]["measures"][0]["name"] == "fleet draw"
    assert "SUM(reading.kwh)" in answer["sql"]
    assert (wrong.exit_code, "Line 1" in wrong.stderr) == (1, True)
