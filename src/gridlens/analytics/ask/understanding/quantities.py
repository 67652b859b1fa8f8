"""How much: figures, superlatives, limits, thresholds and units that a question names."""

import re
from dataclasses import dataclass, field

from gridlens.analytics.ask.plan import Function, Grain, Operator
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.words import number_of
from gridlens.analytics.ask.units import spelled

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
_NUMBER = r"(?:minus )?\d[\d.,]*"
_COUNT = rf"(?:\d{{1,4}}|{'|'.join(_NUMBERS)})"
_UNIT = (
    r"(?:kwh|mwh|gwh|twh|wh|kw|mw|gw|w|watts?|kilowatts?|megawatts?|kilowattstunden|megawattstunden|eur|"
    r"euros?|€|cents?|ct|"
    r"\$|usd|gbp|£|%|percent|prozent|°c|° c|degrees?(?: celsius)?|grad|celsius|kg|m2|sqm|square met(?:er|"
    r"re)s?|"
    r"quadratmeter)(?: (?:per |/ ?|pro )(?:kwh|mwh|kw|mw|m2))?"
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that something is compared with; ``second`` closes a span."""

    first: int
    last: int
    operator: Operator
    value: float
    unit: str | None = None
    second: float | None = None
    hint: str | None = None
    is_sign: bool = False


@dataclass(slots=True)
class Quantities:
    """The quantity side of a question. ``superlative`` is ``desc`` for most and ``asc`` for least."""

    function: Function | None = None
    level: float | None = None
    is_count: bool = False
    is_distinct: bool = False
    is_share: bool = False
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
_MOST = (
    r"(?:highest|largest|biggest|greatest|most(?: expensive)?|maximum|max|peak|top|hottest|warmest|"
    r"windiest|sunniest|dearest|"
    r"strongest|longest|hoechst\w*|groesst\w*|meist\w*|am meisten|am hoechsten|maximal\w*|teuerst\w*|"
    r"waermst\w*|"
    r"heissest\w*|staerkst\w*)"
)
_LEAST = (
    r"(?:lowest|smallest|least(?: expensive)?|minimum|min|fewest|cheapest|coldest|coolest|weakest|"
    r"shortest|niedrigst\w*|"
    r"kleinst\w*|geringst\w*|wenigst\w*|am wenigsten|minimal\w*|guenstigst\w*|billigst\w*|kaeltest\w*|"
    r"tiefst\w*)"
)
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
_QUANTILE = re.compile(r"\b(?:the )?(?P<level>\d{1,2}) ?(?:th|st|nd|rd)? (?:percentile|perzentil|quantil)\b")
_COUNTING = re.compile(
    r"\b(?:how many(?: different| distinct| unique)?|(?:the )?(?:total )?(?:number|count|amount) of(?: "
    r"different| distinct| unique)?"
    r"(?! energy| electricity)|wie viele?n?|anzahl(?: der| von| an)?|count(?: the)?|zahl der)\b"
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
_NEWEST = re.compile(
    r"\b(?:latest|newest|most recent|neueste\w*|juengste\w*|letzter wert|last (?=\d|value|reading|"
    r"measurement))\b"
)
_TOP = re.compile(rf"\b(?P<side>top|first|bottom|obersten?|besten?) (?P<count>{_COUNT})\b")
_RANKED = re.compile(rf"\b(?:the |die |den |der )?(?P<count>{_COUNT}) (?P<most>{_MOST}|{_LEAST})\b")
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
    rf"\b(?:the )?(?P<most>{_MOST}|{_LEAST}) "
    r"(?P<unit>quarter hour|hour|day|week|month|year|stunde|tag|woche|monat|jahr)(?:s|e|n|en)?\b"
)
_ORDER = re.compile(
    r"\b(?:(?:ordered|sorted|ranked|sortiert) )?(?:(?:by|nach) size )?(?:in )?"
    r"(?P<side>highest first|largest first|descending|absteigend|lowest first|smallest first|ascending|"
    r"aufsteigend)\b"
)
_MOST_PATTERN = re.compile(rf"\b(?:the )?(?P<most>{_MOST}){_NOT_SUPERLATIVE}\b")
_LEAST_PATTERN = re.compile(rf"\b(?:the )?(?P<most>{_LEAST}){_NOT_SUPERLATIVE}\b")
_IN_UNIT = re.compile(rf"\b(?:in|how many|wie viele?) (?P<unit>{_UNIT})(?!\w)")
_PER_UNIT = re.compile(
    r"\b(?:per|pro|je|/) (?P<unit>kwh|mwh|kw|mw|kwp|m2|square met(?:er|re)s?|sqm|quadratmeter)\b"
)
_THRESHOLDS: tuple[tuple[re.Pattern[str], Operator], ...] = (
    (
        re.compile(
            rf"(?:\b(?:more|greater|higher|larger|bigger|longer|hotter|warmer) than|\b(?:over|above|"
            rf"exceed(?:s|ed|ing)?|ueber|"
            rf"mehr als|groesser als|hoeher als|oberhalb von)|(?<!\S)>) (?P<value>{_NUMBER})(?: "
            rf"(?P<unit>{_UNIT}))?(?!\w)"
        ),
        "gt",
    ),
    (
        re.compile(
            rf"(?:\b(?:at least|no less than|not less than|minimum of|mindestens|ab)|(?<!\S)>=) "
            rf"(?P<value>{_NUMBER})(?: (?P<unit>{_UNIT}))?(?!\w)"
        ),
        "ge",
    ),
    (
        re.compile(
            rf"(?:\b(?:(?P<hint>cheaper|colder|cooler) than|(?:less|lower|smaller|fewer) than|below|"
            rf"under|unter|weniger als|"
            rf"kleiner als|niedriger als|unterhalb von|guenstiger als)|(?<!\S)<) (?P<value>{_NUMBER})(?: "
            rf"(?P<unit>{_UNIT}))?(?!\w)"
        ),
        "lt",
    ),
    (
        re.compile(
            rf"(?:\b(?:at most|no more than|not more than|up to|hoechstens|maximal)|(?<!\S)<=) "
            rf"(?P<value>{_NUMBER})(?: (?P<unit>{_UNIT}))?(?!\w)"
        ),
        "le",
    ),
)
_DEARER = re.compile(
    rf"\b(?:more expensive|dearer|teurer) (?:than|als) (?P<value>{_NUMBER})(?: (?P<unit>{_UNIT}))?(?!\w)"
)
_BETWEEN = re.compile(
    rf"\b(?:between|zwischen|from|von) (?P<value>{_NUMBER})(?: {_UNIT})? (?:and|und|to|bis) "
    rf"(?P<second>{_NUMBER})"
    rf"(?: (?P<unit>{_UNIT}))?(?!\w)"
)
_ZERO = re.compile(
    r"\b(?:(?P<below>negativ(?:e|en|er)?|below (?:zero|freezing)|under zero|unter null|minusgrade)|"
    r"(?P<above>positiv(?:e|en|er)?|above zero|ueber null))\b(?: degrees?(?: celsius)?| grad)?"
)

_DEGREES = re.compile(r"degree|freezing|grad")


def read_quantities(question: Question) -> Quantities:
    """Find what the question says about quantity, and note the words that said it."""
    found = Quantities()
    _read_times_as_targets(question, found)
    _read_thresholds(question, found)
    _read_units(question, found)
    _read_shape(question, found)
    _read_functions(question, found)
    _read_superlatives(question, found)
    return found


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
        if has_count:
            found.limit = _count(before)
        start = first - 1 if has_count else first
        _set_superlative(found, match["most"], start)
        question.take(start, last, f"{match['most']} {match['unit']}", slot="order")
    for pattern in (_WHICH_TIME, _TIME_WITH):
        for first, last, match in list(question.find(pattern)):
            if found.grain is None:
                found.grain = _GRAINS[match["unit"].removesuffix("s")]
                question.take(first, last, f"grouped by {found.grain.replace('_', ' ')}", slot="grain")


def _read_thresholds(question: Question, found: Quantities) -> None:
    for first, last, match in list(question.find(_DEARER)):
        _add_threshold(question, found, first, last, match, "gt", "price")
    for pattern, operator in _THRESHOLDS:
        for first, last, match in list(question.find(pattern)):
            hint = match.groupdict().get("hint")
            _add_threshold(question, found, first, last, match, operator, _hint(hint) if hint else None)
    for first, last, match in list(question.find(_BETWEEN)):
        low, high = _number(match["value"]), _number(match["second"])
        if low is not None and high is not None:
            found.thresholds.append(Threshold(first, last, "ge", low, _unit(match["unit"]), high))
            question.take(first, last, f"between {low:g} and {high:g}", slot="filter")
    for first, last, match in list(question.find(_ZERO)):
        sign: Operator = "lt" if match["below"] else "gt"
        hint = "temperature" if _DEGREES.search(match[0]) else None
        found.thresholds.append(Threshold(first, last, sign, 0.0, hint=hint, is_sign=True))
        question.take(first, last, "below 0" if sign == "lt" else "above 0", slot="filter")


def _add_threshold(
    question: Question,
    found: Quantities,
    first: int,
    last: int,
    match: re.Match[str],
    operator: Operator,
    hint: str | None,
) -> None:
    value = _number(match["value"])
    if value is None:
        return
    found.thresholds.append(Threshold(first, last, operator, value, _unit(match["unit"]), hint=hint))
    signs = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
    question.take(first, last, f"{signs[operator]} {value:g}", slot="filter")


def _read_units(question: Question, found: Quantities) -> None:
    for first, last, match in list(question.find(_PER_UNIT)):
        found.per_unit = _unit(match["unit"])
        question.take(first, last, f"divided by {found.per_unit}", slot="measure")
    for first, last, match in list(question.find(_IN_UNIT)):
        unit = _unit(match["unit"])
        if unit == "%":
            continue
        found.unit = unit
        if match[0].startswith(("how", "wie")) and found.function is None:
            found.function = "sum"
        question.take(first, last, f"in {found.unit}", slot="unit")


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
        question.take(first, last, "as a share of the total", slot="function")
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
    for first, last, _ in list(question.find(_NEWEST)):
        found.wants_newest = True
        question.take(first, last, "newest first", slot="order")


def _read_functions(question: Question, found: Quantities) -> None:
    for first, last, match in list(question.find(_QUANTILE)):
        found.function, found.level = "quantile", int(match["level"]) / 100
        question.take(first, last, f"{match['level']} % quantile", slot="function")
    for first, last, _ in list(question.find(_HOW_MUCH)):
        question.take(first, last, "how much", slot="function")
    for pattern, function in _FUNCTIONS:
        for first, last, match in list(question.find(pattern)):
            is_spare = found.function is not None and found.function != function
            # “The maximum” with something to rank is a superlative, not a figure.
            if is_spare and function == "sum":
                question.take(first, last, "in all", "ignored")
                continue
            if is_spare or (
                function in ("max", "min") and _names_target(question) and match[0] not in ("peak",)
            ):
                continue
            found.function = function
            question.take(first, last, _SPOKEN[function], slot="function")


def _read_superlatives(question: Question, found: Quantities) -> None:
    for first, last, match in list(question.find(_ORDER)):
        found.order = "desc" if match["side"] in _DOWNWARD else "asc"
        question.take(first, last, match["side"], slot="order")
    for first, last, match in list(question.find(_RANKED)):
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


def _number(text: str) -> float | None:
    value = number_of(text.removeprefix("minus ").strip(".,"))
    return -value if value is not None and text.startswith("minus") else value


def _unit(text: str | None) -> str | None:
    if not text:
        return None
    plain = re.sub(r" ?(?:per|pro|/) ?", "/", text.strip())
    whole = {
        "degree": "°C",
        "degrees": "°C",
        "degrees celsius": "°C",
        "° c": "°C",
        "euros": "€",
        "cents": "ct",
    }
    if plain.startswith(("square met", "quadratmeter")):
        return "m²"
    return whole.get(plain) or spelled(plain)


def _count(text: str) -> int:
    return max(1, min(int(text) if text.isdigit() else _NUMBERS[text], 1000))


_DOWNWARD = ("highest first", "largest first", "descending", "absteigend")
_SPOKEN: dict[Function, str] = {
    "mean": "average",
    "median": "median",
    "sum": "total",
    "max": "highest value",
    "min": "lowest value",
}
