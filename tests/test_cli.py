"""The command line as an operator meets it: one line for what can be mended, and an exit code."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gridlens.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run a command on a data directory of this test's own."""
    monkeypatch.setenv("GRIDLENS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, **settings: str) -> Result:
        environment = {f"GRIDLENS_{name.upper()}": value for name, value in settings.items()}
        return CliRunner().invoke(main, arguments, env=environment)

    return run


def test_every_wrong_setting_is_named_at_once(run) -> None:
    said = run("doctor", port="none", workers="0", database_url="oracle://db", rate_limit_url="here")

    assert said.exit_code == 2
    lines = said.stderr.strip().splitlines()
    assert [line.split(":")[1].strip() for line in lines] == [
        "GRIDLENS_DATABASE_URL",
        "GRIDLENS_PORT",
        "GRIDLENS_RATE_LIMIT_URL",
        "GRIDLENS_WORKERS",
    ]


@pytest.mark.parametrize(
    ("arguments", "settings", "expected"),
    [
        (["users", "lock", "nobody@example.org"], {}, "Nobody has the email nobody@example.org"),
        (["users", "create", "nobody", "--name", "x"], {}, "Enter an email address"),
        (["db", "upgrade", "9999"], {}, "Can't locate revision identified by '9999'"),
        (
            ["users", "list"],
            {"database_url": "mysql+asyncmy://root:hush@127.0.0.1:1/x"},
            "The metadata database mysql+asyncmy://root:***@127.0.0.1:1/x cannot be used",
        ),
    ],
)
def test_a_failure_is_one_line(run, arguments: list[str], settings: dict[str, str], expected: str) -> None:
    said = run(*arguments, **settings)

    assert said.exit_code == 1
    errors = [line for line in said.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert expected in errors[0]
    assert "Traceback" not in said.output


@pytest.mark.parametrize("command", [("serve",), ("demo", "--no-browser")])
def test_a_taken_port_is_said_before_anything_is_made(run, tmp_path: Path, command: tuple[str, ...]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = run(*command, "--port", str(port), "--data-dir", str(tmp_path / "data"))

    assert said.exit_code == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in said.stderr
    assert not (tmp_path / "data").exists()


def test_the_doctor_finds_typing_errors_and_what_is_missing(run) -> None:
    said = run("doctor", smpt_host="mail.example.org", workers="4")

    assert said.exit_code == 0, "nothing that is needed is missing"
    assert "✗ settings: GRIDLENS_SMPT_HOST is no setting" in said.output
    assert "✗ rate limits: each of 4 processes counts for itself" in said.output
    assert "✓ database: sqlite" in said.output
    assert "Set GRIDLENS_SMTP_HOST" in said.output


def test_the_doctor_fails_when_the_database_does_not_answer(run) -> None:
    said = run("doctor", database_url="postgresql+asyncpg://gridlens@127.0.0.1:1/gridlens")

    assert said.exit_code == 1
    assert "✗ database: postgresql: ConnectionRefusedError" in said.output
    assert "Check GRIDLENS_DATABASE_URL" in said.output


def test_the_doctor_refuses_a_key_that_the_server_would_refuse(run, tmp_path: Path) -> None:
    key = tmp_path / "master.key"
    key.write_text("00" * 32)
    key.chmod(0o600)
    said = run("doctor", master_key_file=str(key))

    assert said.exit_code == 1
    assert "✗ master key" in said.output
    assert "too short or guessable" in said.output


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_doctor_asks_the_store_of_shared_limits(run, workers: str) -> None:
    said = run("doctor", rate_limit_url="redis://127.0.0.1:1", workers=workers)

    assert "✗ rate limits: Redis does not answer" in said.output
