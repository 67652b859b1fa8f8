"""Figures have the colours of the browser application's design tokens."""

import re
from pathlib import Path

import pytest

from gridlens.visualizations.figures.theme import DARK, LIGHT, Palette, blend

TOKENS = Path(__file__).parents[2] / "src" / "web" / "app" / "tokens.css"


def tokens() -> dict[str, dict[str, str]]:
    """The colours of each theme by the name of their token."""
    light, dark = TOKENS.read_text().split('[data-theme="dark"] {', 1)
    found = {
        theme: {name: value.upper() for name, value in re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", text)}
        for theme, text in (("light", light), ("dark", dark.split("}", 1)[0]))
    }
    return {"light": found["light"], "dark": found["light"] | found["dark"]}


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_every_colour_is_a_token(theme: str, palette: Palette):
    token = tokens()[theme]

    assert [palette.surface, palette.line, palette.line_2, palette.control] == [
        token[name] for name in ("surface", "line", "line-2", "control")
    ]
    assert [palette.ink, palette.ink_2, palette.ink_3] == [token[name] for name in ("ink", "ink-2", "ink-3")]
    assert list(palette.series) == [token[f"series-{n}"] for n in range(1, 7)]
    assert list(palette.heat) == [token[f"h{n}"] for n in range(7)]
    for subject, colour in palette.subjects.items():
        plain = token.get(f"e-{subject}")
        wanted = [plain] * 3 if plain else [token[f"e-{subject}-{part}"] for part in ("fill", "line", "text")]
        assert [colour.fill, colour.line, colour.text] == wanted, subject


def test_a_paler_colour_is_mixed_with_the_surface():
    assert blend("#000000", "#FFFFFF", 0.5) == "#808080"
    assert blend("#E3AF1F", "#FFFFFF", 1.0) == "#E3AF1F"
