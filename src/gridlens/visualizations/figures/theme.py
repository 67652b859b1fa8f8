"""The house style of every figure, light and dark, in the values of the design tokens."""

from types import MappingProxyType
from typing import Any

import msgspec

from gridlens.shared.visualizations import Theme
from gridlens.visualizations.figures.meaning import Meaning

FONT = (
    '-apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto, '
    '"Noto Sans", system-ui, sans-serif'
)
NOTHING = "rgba(0,0,0,0)"
MARGIN = {"l": 36, "r": 8, "t": 18, "b": 24}


class Strengths(msgspec.Struct, frozen=True):
    """One colour three times: for areas, for strokes that need 3:1, for words that need 4.5:1."""

    fill: str
    line: str
    text: str


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    surface: str
    line: str
    line_2: str
    control: str
    ink: str
    ink_2: str
    ink_3: str
    weekend: str
    gap: str
    subjects: dict[str, Strengths]
    series: tuple[str, ...]
    heat: tuple[str, ...]


def _one(colour: str) -> Strengths:
    return Strengths(colour, colour, colour)


LIGHT = Palette(
    surface="#FFFFFF",
    line="#E2E5DF",
    line_2="#CDD2CA",
    control="#848B85",
    ink="#14181B",
    ink_2="#454C50",
    ink_3="#626A6D",
    weekend="rgba(20,24,27,0.028)",
    gap="rgba(138,90,0,0.12)",
    subjects={
        "solar": Strengths("#E3AF1F", "#B07F00", "#855F00"),
        "wind": Strengths("#24A778", "#1C9468", "#0E7450"),
        "hydro": Strengths("#366BD3", "#366BD3", "#2C5CBB"),
        "gas": Strengths("#B04713", "#B04713", "#A03F0F"),
        "battery": _one("#7A3874"),
        "grid": Strengths("#757A81", "#6A6F76", "#5A5F66"),
        "nuclear": Strengths("#A286D2", "#9577CB", "#7653B4"),
        "biomass": Strengths("#77993F", "#6C8D35", "#527020"),
        "coal": _one("#4A4742"),
        "load": _one("#14181B"),
        "price": _one("#9B204A"),
    },
    series=("#1C8292", "#BF5E00", "#595DB7", "#96446C", "#819C5F", "#303A3F"),
    heat=("#EEF3F1", "#D3E4E1", "#ABCECE", "#7BB1B7", "#4B8F9B", "#236C7B", "#0A4B59"),
)
DARK = Palette(
    surface="#15181B",
    line="#262B2F",
    line_2="#394046",
    control="#6C757B",
    ink="#ECEFED",
    ink_2="#B8C0C1",
    ink_3="#8F999B",
    weekend="rgba(236,239,237,0.028)",
    gap="rgba(224,174,74,0.12)",
    subjects={
        "solar": _one("#F3B932"),
        "wind": _one("#73DBB9"),
        "hydro": Strengths("#4F92E3", "#4F92E3", "#6FA8EC"),
        "gas": Strengths("#D3653B", "#D3653B", "#E27B52"),
        "battery": Strengths("#9F4290", "#B25AA4", "#CB80C0"),
        "grid": Strengths("#8B92A0", "#8B92A0", "#A2A9B6"),
        "nuclear": _one("#CCBAFB"),
        "biomass": _one("#A1BA75"),
        "coal": Strengths("#716F6D", "#85827F", "#9C9996"),
        "load": _one("#ECEFED"),
        "price": _one("#F983C3"),
    },
    series=("#62ABBD", "#F39E39", "#8289E6", "#C27195", "#B0CC8E", "#5F666E"),
    heat=("#161D20", "#16313A", "#1A4A56", "#226874", "#3A8C96", "#6FB6BA", "#BCE3E1"),
)
PALETTES: MappingProxyType[Theme, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK})
DASHES = ("solid", "dash", "dot", "dashdot")


class Look(msgspec.Struct, frozen=True):
    """How one series is drawn."""

    colour: Strengths
    dash: str = "solid"


def looks(meanings: list[Meaning], palette: Palette, *, is_filled: bool = False) -> list[Look]:
    """A colour for each series: its carrier's where that tells series apart, else a generic one.

    Beyond the six generic colours the same ones return dashed. The load is a line of ink; filled
    marks of it would be blocks of ink, so they are generic.
    """
    subjects = [meaning.subject for meaning in meanings]
    crowded = {
        subject for subject in subjects if subjects.count(subject) > (1 if len(set(subjects)) == 1 else 3)
    }
    seen: dict[str, int] = {}
    generic = 0
    found = []
    for meaning in meanings:
        subject = meaning.subject
        if subject is None or subject in crowded or (is_filled and subject == "load"):
            colour = palette.series[generic % len(palette.series)]
            turn = generic // len(palette.series)
            generic += 1
            look = Look(_one(colour), DASHES[turn % len(DASHES)])
        else:
            turn = seen.get(subject, 0)
            seen[subject] = turn + 1
            look = Look(_shade(palette.subjects[subject], palette.surface, turn), DASHES[turn % len(DASHES)])
        found.append(msgspec.structs.replace(look, dash="dot") if meaning.is_forecast else look)
    return found


def _shade(colour: Strengths, surface: str, turn: int) -> Strengths:
    """The second and third series of one carrier are paler areas; strokes and words stay readable."""
    if turn == 0:
        return colour
    return Strengths(blend(colour.fill, surface, 1 - 0.3 * turn), colour.line, colour.text)


def blend(colour: str, surface: str, share: float) -> str:
    """``share`` of the colour over the surface, opaque, so that grid lines do not shine through."""
    over, under = ([int(code[i : i + 2], 16) for i in (1, 3, 5)] for code in (colour, surface))
    return "#" + "".join(
        f"{round(a * share + b * (1 - share)):02X}" for a, b in zip(over, under, strict=True)
    )


def translucent(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def _template(palette: Palette) -> dict[str, Any]:
    font = {"family": FONT, "size": 11, "color": palette.ink_3}
    axis = {
        "automargin": True,
        "showgrid": False,
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "linecolor": palette.control,
        "tickcolor": palette.line_2,
        "tickfont": {"size": 11, "color": palette.ink_3},
        "title": {"font": {"size": 11, "color": palette.ink_3}, "standoff": 4},
        "minor": {"tickcolor": palette.line_2, "ticklen": 4},
        "spikecolor": palette.ink_3,
        "spikethickness": 1,
        "spikedash": "dot",
        "spikemode": "across",
    }
    return {
        "layout": {
            "font": font,
            "paper_bgcolor": NOTHING,
            # Solid, or Plotly draws a white line around the spike in the dark.
            "plot_bgcolor": palette.surface,
            "colorway": list(palette.series),
            "margin": MARGIN,
            "hovermode": "x unified",
            "hoverlabel": {
                "bgcolor": palette.surface,
                "bordercolor": palette.line_2,
                "font": {"family": FONT, "size": 12, "color": palette.ink},
                "namelength": 40,
            },
            "xaxis": {**axis, "showspikes": True},
            "yaxis": {
                **axis,
                "showgrid": True,
                "gridcolor": palette.line,
                "gridwidth": 1,
                "zeroline": True,
                "zerolinecolor": palette.control,
                "zerolinewidth": 1,
                "nticks": 7,
                "fixedrange": True,
            },
            "legend": {
                "orientation": "v",
                "x": 1.01,
                "xanchor": "left",
                "y": 1,
                "yanchor": "top",
                "font": {"size": 11, "color": palette.ink_2},
                "itemwidth": 30,
                "tracegroupgap": 0,
            },
            "bargap": 0.28,
            "bargroupgap": 0.06,
            "dragmode": "zoom",
            "separators": ".,",
        }
    }


TEMPLATES: MappingProxyType[Theme, msgspec.Raw] = MappingProxyType(
    {theme: msgspec.Raw(msgspec.json.encode(_template(palette))) for theme, palette in PALETTES.items()}
)
"""Encoded once for the life of the process."""
