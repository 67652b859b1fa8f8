"""Names as people shorten them, written out."""

import re

_GLUED = re.compile(r"^(?P<head>[a-z]{1,12})(?P<tail>id|ids|name|code|num|no|nr|date|type|desc|number)$")
# Words that only look glued.
_WHOLE = frozenset(
    """avoid solid valid paid liquid hybrid grid bid kid aid rid raid fluid rapid acid said void maid android
    surname username nickname rename filename candidate update mandate piano casino domino volcano techno
    update validate accommodate liquidate prototype archetype subtype techno euro""".split()
)
_HEADS = {
    "f": "first", "l": "last", "m": "middle", "d": "department", "c": "", "p": "", "s": "", "t": "", "h": "",
}  # fmt: skip
_SHORT = {
    "num": "number", "nr": "number", "no": "number", "amt": "amount", "qty": "quantity",
    "desc": "description", "descr": "description", "dept": "department", "addr": "address",
    "yr": "year", "pct": "percent",
    "perc": "percent", "avg": "average", "dob": "birthdate", "tel": "telephone", "emp": "employee",
    "cust": "customer", "prod": "product", "mgr": "manager", "org": "organization", "stu": "student",
    "univ": "university", "enr": "enrollment", "pos": "position", "lat": "latitude", "lon": "longitude",
    "lng": "longitude", "jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june",
    "jul": "july", "aug": "august", "sep": "september", "sept": "september", "oct": "october",
    "nov": "november", "dec": "december", "conf": "conference", "loc": "location", "manu": "manufacturer",
    "auth": "author",
}  # fmt: skip
# Alone these are words of their own.
_AMBIGUOUS = frozenset("no may pos".split())


def written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """``fname`` → first, name; ``dept_no`` → department, number."""
    found: list[str] = []
    for word in words:
        match = None if word in _WHOLE else _GLUED.match(word)
        if match and (len(match["head"]) > 2 or match["head"] in _HEADS):
            head = _HEADS.get(match["head"], match["head"])
            found += [_SHORT.get(part, part) for part in (head, match["tail"]) if part]
        elif word == "no" and len(words) == 1:
            found.append("number")
        else:
            is_whole = len(words) == 1 and word in _AMBIGUOUS
            found.append(word if is_whole else _SHORT.get(word, word))
    return tuple(found)
