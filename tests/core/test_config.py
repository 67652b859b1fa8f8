"""Settings: typed, named when wrong, all at once."""

from pathlib import Path

import msgspec
import pytest

from gridlens.core.config import PREFIX, Settings, WrongSettings, read_settings

NO_NETWORK = (
    "does not appear to be an IPv4 or IPv6 network; write ranges like 10.0.0.0/8, separated by commas"
)


def test_the_defaults_need_nothing() -> None:
    settings = read_settings({})
    assert settings.database.startswith("sqlite+aiosqlite:///")
    assert settings.address == "http://127.0.0.1:8470"


def test_every_wrong_value_is_named_at_once() -> None:
    with pytest.raises(WrongSettings) as raised:
        read_settings({"GRIDLENS_PORT": "eighty", "GRIDLENS_LOG_FORMAT": "xml", "GRIDLENS_WORKERS": "0"})
    assert set(raised.value.fields) == {"port", "log_format", "workers"}


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("PORT", "eighty", "write a whole number, at least 1 and at most 65535"),
        ("QUERY_SECONDS", "-1", "write a number, more than 0"),
        ("LOG_FORMAT", "xml", "choose pretty or json"),
        ("MAIL_OUTSIDE", "maybe", "write true or false"),
        ("HOST", "", "write a text that is not empty"),
        ("RATE_LIMIT_URL", "here", "write it like redis://127.0.0.1:6379"),
        (
            "PRIVATE_NETWORKS",
            "10.0.0.0/8, office",
            f"'office' {NO_NETWORK}",
        ),
        (
            "TRUSTED_PROXIES",
            "10.0.0.300",
            f"'10.0.0.300' {NO_NETWORK}",
        ),
    ],
)
def test_a_wrong_value_is_told_what_would_be_right(name: str, value: str, advice: str) -> None:
    with pytest.raises(WrongSettings) as raised:
        read_settings({f"GRIDLENS_{name}": value})
    assert raised.value.fields == {name.lower(): advice}


def test_what_may_be_a_password_is_not_repeated(tmp_path: Path) -> None:
    file = tmp_path / "gridlens.toml"
    file.write_text('smtp_password = ["hush"]\nfile_roots = "hush"\n')
    with pytest.raises(WrongSettings) as raised:
        read_settings(
            {"GRIDLENS_CONFIG": str(file), "GRIDLENS_DATABASE_URL": "postgresql://gridlens:hush@db/gridlens"}
        )
    assert raised.value.fields == {
        "database_url": "write it like postgresql+asyncpg://gridlens@localhost/gridlens",
        "smtp_password": "write a text",
        "file_roots": "write a list of texts",
    }
    assert "hush" not in str(raised.value)


def test_the_environment_says_more_than_the_file(tmp_path: Path) -> None:
    file = tmp_path / "gridlens.toml"
    file.write_text('port = 9000\nhost = "::1"\nprivate_networks = ["10.0.0.0/8"]\n')
    settings = read_settings({"GRIDLENS_CONFIG": str(file), "GRIDLENS_PORT": "9001"})
    assert (settings.port, settings.host, settings.private_networks) == (9001, "::1", ("10.0.0.0/8",))


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gridlens.toml"
    file.write_text("prot = 9000\n")
    with pytest.raises(WrongSettings, match="GRIDLENS_PROT"):
        read_settings({"GRIDLENS_CONFIG": str(file)})


def test_a_list_is_separated_by_commas() -> None:
    settings = read_settings({"GRIDLENS_PRIVATE_NETWORKS": "10.0.0.0/8, 192.168.0.0/16"})
    assert settings.private_networks == ("10.0.0.0/8", "192.168.0.0/16")


def test_every_setting_is_explained_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    missing = [name for name in Settings.__struct_fields__ if f"`{PREFIX}{name.upper()}`" not in readme]
    assert missing == []
    assert all(
        isinstance(field.type, object) and msgspec.inspect.type_info(field.type)
        for field in msgspec.structs.fields(Settings)
    )
