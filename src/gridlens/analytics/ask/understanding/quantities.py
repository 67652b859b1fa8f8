"""How much: figures, superlatives, limits and orders that a question names."""

import re
from dataclasses import dataclass, field

from gridlens.analytics.ask.plan import Function, Grain, Operator
from gridlens.analytics.ask.understanding.amounts import (
    Containing,
    Threshold,
    read_against,
    read_containing,
    read_thresholds,
    read_units,
)
from gridlens.analytics.ask.understanding.pairing import Pair, Run, read_load_factor, read_pair, read_run
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.words import Word, stem
from gridlens.analytics.ask.units import Quantity, quantity_of

_NUMBERS = {
    word: number
    for number, words in enumerate(
        [
            "one eine ein einen",
            "two zwei",
            "three drei",
            "four vier",
            "five fuenf",
            "six sechs",
            "seven sieben",
            "eight acht",
            "nine neun",
            "ten zehn",
        ],
        1,
    )
    for word in words.split()
}
AS_SHARE = "as a share of the total"
_COUNT = rf"(?:\d{{1,4}}|{'|'.join(_NUMBERS)})"


@dataclass(slots=True)
class Quantities:
    """The quantity side of a question. ``superlative`` is ``desc`` for most and ``asc`` for least."""

    function: Function | None = None
    level: float | None = None
    is_count: bool = False
    is_amount: bool = False
    """Whether “how much” asks for a figure by itself."""
    is_distinct: bool = False
    is_share: bool = False
    is_weighted: bool = False
    is_missing: bool = False
    wants_when: bool = False
    wants_rows: bool = False
    wants_names: bool = False
    wants_newest: bool = False
    superlative: str | None = None
    superlative_at: int | None = None
    hint: str | None = None
    limit: int | None = None
    order: str | None = None
    unit: str | None = None
    per_unit: str | None = None
    grain: Grain | None = None
    thresholds: list[Threshold] = field(default_factory=list)
    against: tuple[Operator, Function] | None = None
    """What values are compared with where it is no number: above the average of all."""
    containing: Containing | None = None
    pair: Pair | None = None
    run: Run | None = None
    is_load_factor: bool = False
    is_ranked_twice: bool = False
    at_extreme: bool = False
    """Whether a figure is asked of the time at which another was highest: on the windiest day."""


# Superlatives that say themselves what is measured.
_HINTS = {
    "cheap": "price",
    "guenstig": "price",
    "billig": "price",
    "expensive": "price",
    "dear": "price",
    "teuer": "price",
    "hot": "temperature",
    "warm": "temperature",
    "cold": "temperature",
    "cool": "temperature",
    "kaelt": "temperature",
    "waerm": "temperature",
    "heiss": "temperature",
    "windi": "wind",
    "sunni": "solar",
    "sonnig": "solar",
}
_MOST_WORDS = (
    "highest largest biggest greatest most maximum max peak top hottest warmest windiest sunniest dearest "
    r"strongest longest "
    r"hoechst\w* groesst\w* meist\w* maximal\w* teuerst\w* waermst\w* heissest\w* staerkst\w*"
)
_LEAST_WORDS = (
    "lowest smallest least minimum min fewest cheapest coldest coolest weakest shortest "
    r"niedrigst\w* kleinst\w* geringst\w* wenigst\w* minimal\w* guenstigst\w* billigst\w* "
    r"kaeltest\w* tiefst\w*"
)
_MOST = rf"(?:most expensive|am meisten|am hoechsten|{'|'.join(_MOST_WORDS.split())})"
_LEAST = rf"(?:least expensive|am wenigsten|{'|'.join(_LEAST_WORDS.split())})"
_NOT_SUPERLATIVE = r"(?! than\b)"

_FUNCTIONS: tuple[tuple[re.Pattern[str], Function], ...] = (
    (
        re.compile(
            r"\b(?:average|avg|mean|averaged|durchschnitt\w*|im mittel|mittelwert|mittlere\w*|mittel|"
            r"typical(?:ly)?)\b"
        ),
        "mean",
    ),
    (re.compile(r"\b(?:median|zentralwert)\b"), "median"),
    (
        re.compile(
            r"\b(?:total(?:led)?|summed|sum(?: of)?|gesamt\w*|summe|insgesamt|in total|overall|altogether)\b"
        ),
        "sum",
    ),
    (re.compile(r"\b(?:peak|maximum|max|spitzen\w*|spitze|maximal\w*|hoechst)\b"), "max"),
    (re.compile(r"\b(?:minimum|min|minimal\w*)\b"), "min"),
)
_WEIGHTED = re.compile(
    r"\b(?:(?:volume|energy|load|demand|consumption|mengen?|volumen) )?(?:weighted|gewichtet\w*)"
    r"(?: (?:average|avg|mean|mittel\w*|durchschnitt\w*))?\b"
)
_QUANTILE = re.compile(r"\b(?:the )?(?P<level>\d{1,2}) ?(?:th|st|nd|rd)? (?:percentile|perzentil|quantil)\b")
_COUNTING = re.compile(
    r"\b(?:how often|how many(?: different| distinct| unique)?|"
    r"(?:the )?(?:total )?(?:number|count|amount) of(?: different| distinct| unique)?"
    r"(?! energy| electricity)|"
    r"wie oft|wie (?:viele|vielen)|anzahl(?: der| von| an)?|count(?: the)?|zahl der)\b"
)
_HOW_MUCH = re.compile(r"\b(?:how much|wie viel|wieviel)\b")
_DISTINCT = re.compile(r"\b(?:different|distinct|unique|verschieden\w*|unterschiedlich\w*)\b")
_SHARE = re.compile(
    r"\b(?:(?:what |the |which )?(?:share|percentage|percent|proportion|fraction|anteil\w*|"
    r"prozentsatz)(?: of| an| am| der| von)?|"
    r"prozentual\w*|as a share|as a percentage|in percent|als anteil)\b"
)
_MISSING = re.compile(
    r"\b(?:missing|null|empty|without (?:a )?values?|no values?|fehlend\w*|fehlen|fehlt|luecken?|gaps?|"
    r"ohne wert\w*|leere?n?)\b"
)
_WHEN = re.compile(r"\b(?:when|wann|at what time|at which time|what time|zu welcher zeit|um wie viel uhr)\b")
_ROWS = re.compile(
    r"^(?:please )?(?:list|show|display|give|zeige?|liste|nenne|which|what are|who|welche\w*)\b"
)
_NAMES = re.compile(r"\b(?:(?:the )?names? of|namen? (?:der|von|aller))\b")
_LAST_ROWS = re.compile(
    r"\b(?:the )?(?:last|latest|newest|letzten|neuesten) (?P<count>\d{1,3})"
    r"(?= (?:readings?|values?|rows?|measurements?|records?|entries|werte|messwerte))"
)
_NEWEST = re.compile(
    r"\b(?:latest|newest|most recent|neueste\w*|juengste\w*|letzter wert|last (?=\d|value|reading|"
    r"measurement))\b"
)
_TOP = re.compile(rf"\b(?P<side>top|first|bottom|obersten?|besten?) (?P<count>{_COUNT})\b")
_RANKED = re.compile(rf"\b(?:the |die |den |der )?(?P<count>{_COUNT}) (?P<most>{_MOST}|{_LEAST})\b")
_RANKED_COUNT = re.compile(
    rf"\b(?:the |die |den |der )?(?P<most>{_MOST}|{_LEAST}) (?P<count>{_COUNT})\b"
    r"(?! (?:percent|prozent|%|kwh|mwh|kw|mw|degrees?|grad)(?!\w))"
)
_WHICH_COUNT = re.compile(rf"\b(?:which|what|welche) (?P<count>{_COUNT})\b(?! (?:percent|%))")
_WHICH_TIME = re.compile(
    r"\b(?:(?:on|in|at|an|um) )?(?:which|what|welche\w*) (?:single )?"
    r"(?P<unit>quarter hour|hour|day|date|week|month|quarter|year|stunde|tag|woche|monat|quartal|"
    r"jahr)s?e?n?\b(?= )"
)
_TOP_TIME = re.compile(
    rf"\b(?P<side>top|bottom) (?P<count>{_COUNT}) (?P<unit>hour|day|week|month|quarter|year|stunde|tag|"
    rf"woche|monat|jahr)(?:s|e|n|en)?\b"
)
_TIME_WITH = re.compile(
    r"\b(?P<unit>hour|day|week|month|year|stunde|tag|woche|monat|jahr) (?:with|had|of|mit) (?:the |dem |"
    r"der |den )?"
    rf"(?={_MOST}|{_LEAST})"
)
_TIMES_KEPT = re.compile(
    r"^(?:(?:which|what|list|show|the|all|in) )*(?P<unit>hour|day|week|month|quarter|year)s"
    r"(?: (?:in|on|during) which| where| when| with| that had)\b"
)
_GRAINS: dict[str, Grain] = {
    "quarter hour": "minute15",
    **dict.fromkeys(("hour", "stunde"), "hour"),
    **dict.fromkeys(("day", "date", "tag"), "day"),
    **dict.fromkeys(("week", "woche"), "week"),
    **dict.fromkeys(("month", "monat"), "month"),
    **dict.fromkeys(("quarter", "quartal"), "quarter"),
    **dict.fromkeys(("year", "jahr"), "year"),
}
_EXTREME_TIME = re.compile(
    rf"\b(?:the )?(?P<most>{_MOST}|{_LEAST}) (?:(?P<count>{_COUNT}) )?"
    # The “day-ahead” price is a market's, no day's.
    r"(?P<unit>quarter hour|hour|day(?! ahead\b)|week|month|year|stunde|tag|woche|monat|jahr)(?:s|e|n|en)?\b"
)
_ORDER = re.compile(
    r"\b(?:(?:ordered|sorted|ranked|sortiert) )?(?:(?:by|nach) size )?(?:in )?"
    r"(?P<side>highest first|largest first|descending|absteigend|lowest first|smallest first|ascending|"
    r"aufsteigend)\b"
)
_MOST_PATTERN = re.compile(rf"\b(?:the )?(?P<most>{_MOST}){_NOT_SUPERLATIVE}\b")
_LEAST_PATTERN = re.compile(rf"\b(?:the )?(?P<most>{_LEAST}){_NOT_SUPERLATIVE}\b")


def read_quantities(question: Question) -> Quantities:
    """Find what the question says about quantity, and note the words that said it."""
    found = Quantities()
    found.pair = read_pair(question)
    found.run = read_run(question)
    found.is_load_factor = read_load_factor(question)
    _read_times_as_targets(question, found)
    found.thresholds = read_thresholds(question)
    found.against = read_against(question)
    found.containing = read_containing(question)
    units = read_units(question)
    found.unit, found.per_unit = units.unit, units.per_unit
    if units.is_amount:
        found.function = "sum"
    _read_shape(question, found)
    _read_functions(question, found)
    _read_superlatives(question, found)
    _read_times_kept(question, found)
    return found


def _read_times_kept(question: Question, found: Quantities) -> None:
    """“Months in which the average price was above 90”: times are kept by a figure of each."""
    is_of_each = found.function is not None or any(
        quantity_of(threshold.unit) in (Quantity.ENERGY, Quantity.MONEY) for threshold in found.thresholds
    )
    if found.grain is not None or not found.thresholds or not is_of_each:
        return
    for first, last, match in list(question.find(_TIMES_KEPT)):
        found.grain = _GRAINS[match["unit"]]
        question.take(first, last, f"each {found.grain}", slot="grain")
        return


def _read_times_as_targets(question: Question, found: Quantities) -> None:
    for first, last, match in list(question.find(_TOP_TIME)):
        found.grain = _GRAINS[match["unit"]]
        found.limit = _count(match["count"])
        found.superlative = "asc" if match["side"] == "bottom" else "desc"
        question.take(first, last, f"{found.limit} {match['side']} {found.grain}s", slot="limit")
    for first, last, match in list(question.find(_EXTREME_TIME)):
        found.grain = _GRAINS[match["unit"]]
        before = question.words[first - 1].plain if first else ""
        has_count = before.isdigit() or before in _NUMBERS
        if has_count or match["count"]:
            found.limit = _count(before if has_count else match["count"])
        start = first - 1 if has_count else first
        _set_superlative(found, match["most"], start)
        found.at_extreme = found.hint is not None and before in _AT and start == first
        question.take(start, last, f"{match['most']} {match['unit']}", slot="order")
    for pattern in (_WHICH_TIME, _TIME_WITH):
        for first, last, match in list(question.find(pattern)):
            if found.grain is None:
                found.grain = _GRAINS[match["unit"].removesuffix("s")]
                question.take(first, last, f"grouped by {found.grain.replace('_', ' ')}", slot="grain")


def _read_shape(question: Question, found: Quantities) -> None:
    for first, last, match in list(question.find(_COUNTING)):
        found.is_count = True
        found.is_distinct = found.is_distinct or _DISTINCT.search(match[0]) is not None
        question.take(first, last, "counted", slot="function")
    for first, last, _ in list(question.find(_DISTINCT)):
        found.is_distinct = True
        question.take(first, last, "each value once", slot="function")
    for first, last, _ in list(question.find(_SHARE)):
        found.is_share = True
        question.take(first, last, AS_SHARE, slot="function")
    for first, last, _ in list(question.find(_MISSING)):
        found.is_missing = True
        question.take(first, last, "without a value", slot="filter")
    for first, last, _ in list(question.find(_WHEN)):
        found.wants_when = True
        question.take(first, last, "the moment", slot="order")
    for first, last, _ in list(question.find(_NAMES)):
        found.wants_names = True
        question.take(first, last, "names", slot="columns")
    for _ in question.find(_ROWS):
        found.wants_rows = True
    for first, last, match in list(question.find(_LAST_ROWS)):
        found.wants_newest, found.limit = True, _count(match["count"])
        question.take(first, last, f"the newest {found.limit}", slot="limit")
    for first, last, _ in list(question.find(_NEWEST)):
        found.wants_newest = True
        question.take(first, last, "newest first", slot="order")


def _read_functions(question: Question, found: Quantities) -> None:
    for first, last, match in list(question.find(_QUANTILE)):
        found.function, found.level = "quantile", int(match["level"]) / 100
        question.take(first, last, f"{match['level']} % quantile", slot="function")
    for first, last, _ in list(question.find(_HOW_MUCH)):
        found.is_amount = True
        question.take(first, last, "how much", slot="function")
    for first, last, _ in list(question.find(_WEIGHTED)):
        found.function, found.is_weighted = "mean", True
        question.take(first, last, "weighted average", slot="function")
    for pattern, function in _FUNCTIONS:
        for first, last, match in list(question.find(pattern)):
            is_spare = found.function is not None and found.function != function
            # “The maximum” with something to rank is a superlative, not a figure.
            if is_spare and function == "sum":
                question.take(first, last, "in all", "ignored")
                continue
            if is_spare or (
                function in ("max", "min")
                and _names_target(question)
                and not match[0].startswith(("peak", "spitze"))
            ):
                continue
            found.function = function
            question.take(first, last, _SPOKEN[function], slot="function")


def _read_superlatives(question: Question, found: Quantities) -> None:
    for first, last, match in list(question.find(_ORDER)):
        found.order = "desc" if match["side"] in _DOWNWARD else "asc"
        question.take(first, last, match["side"], slot="order")
    for pattern in (_RANKED, _RANKED_COUNT):
        for first, last, match in list(question.find(pattern)):
            found.limit = _count(match["count"])
            _set_superlative(found, match["most"], first)
            question.take(first, last, f"{found.limit} {match['most']}", slot="limit")
    for first, last, match in list(question.find(_TOP)):
        found.limit = _count(match["count"])
        found.superlative = "asc" if match["side"] == "bottom" else "desc"
        found.superlative_at = first
        question.take(first, last, f"{match['side']} {found.limit}", slot="limit")
    for first, last, match in list(question.find(_WHICH_COUNT)):
        found.limit = _count(match["count"])
        question.take(first, last, str(found.limit), slot="limit")
    for pattern in (_MOST_PATTERN, _LEAST_PATTERN):
        for first, last, match in list(question.find(pattern)):
            if found.superlative is None or found.superlative_at is None:
                _set_superlative(found, match["most"], first)
            elif found.hint is None:
                found.hint = _hint(match["most"])
            found.is_ranked_twice = found.is_ranked_twice or found.at_extreme
            question.take(first, last, match["most"], slot="order")


def _set_superlative(found: Quantities, word: str, place: int) -> None:
    found.superlative = "asc" if re.fullmatch(_LEAST, word) else "desc"
    found.superlative_at = place
    found.hint = found.hint or _hint(word)


def _names_target(question: Question) -> bool:
    return any(word.plain in ("which", "top", "welche", "welcher", "welches") for word in question.words)


def _hint(word: str) -> str | None:
    plain = word.removeprefix("am ").removeprefix("most ").removeprefix("least ")
    return next((concept for start, concept in _HINTS.items() if plain.startswith(start)), None)


def weather_in(plain: str) -> Word | None:
    """What “coldest” or “windiest” ranks by, whatever else is asked of the day."""
    hint = _hint(plain)
    return Word(hint, hint, stem(hint), 0, 0) if hint is not None and hint != "price" else None


def _count(text: str) -> int:
    return max(1, min(int(text) if text.isdigit() else _NUMBERS[text], 1000))


_AT = ("on", "in", "at", "during", "of", "am", "im", "an", "zur", "beim")
_DOWNWARD = ("highest first", "largest first", "descending", "absteigend")
_SPOKEN: dict[Function, str] = {
    "mean": "average",
    "median": "median",
    "sum": "total",
    "max": "highest value",
    "min": "lowest value",
}
