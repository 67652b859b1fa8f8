"""Names of the calendar in English and German, and the patterns made of them."""

from gridlens.analytics.ask.plan import CalendarUnit

MONTH_NAMES = (
    "jan january januar jaenner",
    "feb february februar",
    "mar march maerz mrz",
    "apr april",
    "may mai",
    "jun june juni",
    "jul july juli",
    "aug august",
    "sep sept september",
    "oct october okt oktober",
    "nov november",
    "dec december dez dezember",
)
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names.split()}
WEEKDAY_NAMES = (
    "monday mondays mon montag montags",
    "tuesday tuesdays tue dienstag dienstags",
    "wednesday wednesdays wed mittwoch mittwochs",
    "thursday thursdays thu donnerstag donnerstags",
    "friday fridays fri freitag freitags",
    "saturday saturdays sat samstag samstags sonnabend",
    "sunday sundays sun sonntag sonntags",
)
WEEKDAYS = {name: number for number, names in enumerate(WEEKDAY_NAMES, 1) for name in names.split()}
UNITS: dict[str, CalendarUnit] = {
    **dict.fromkeys("day days tag tage tagen tages".split(), "day"),
    **dict.fromkeys("week weeks woche wochen".split(), "week"),
    **dict.fromkeys("month months monat monate monaten monats".split(), "month"),
    **dict.fromkeys("quarter quarters quartal quartale quartalen quartals".split(), "quarter"),
    **dict.fromkeys("year years jahr jahre jahren jahres".split(), "year"),
}
SMALL_NUMBERS = {
    word: number
    for number, words in enumerate(
        [
            "one ein eine einen einem",
            "two zwei couple",
            "three drei",
            "four vier",
            "five fuenf",
            "six sechs",
            "seven sieben",
            "eight acht",
            "nine neun",
            "ten zehn",
            "eleven elf",
            "twelve zwoelf",
        ],
        1,
    )
    for word in words.split()
}

SEASON_MONTHS = {
    "winter": (12, 1, 2),
    "spring": (3, 4, 5),
    "fruehling": (3, 4, 5),
    "summer": (6, 7, 8),
    "sommer": (6, 7, 8),
    "autumn": (9, 10, 11),
    "herbst": (9, 10, 11),
}
SEASON = "|".join(SEASON_MONTHS)

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
COUNT = r"\d{1,4}|" + "|".join(SMALL_NUMBERS)
YEAR = r"(?:19|20)\d\d"
PREVIOUS = r"(?:last|previous|past|prior|preceding|letzt\w*|vorig\w*|vorherig\w*|vergangen\w*)"
CURRENT = r"(?:this|current|the current|dies\w*|aktuell\w*|laufend\w*)"
THE = r"(?:the |der |die |das |den |dem |des )?"
BEFORE_TIMES = frozenset(
    "in on at for of during over the im am in dem der den des vom von fuer seit through".split()
)
"""Small words that belong to the time after them."""
