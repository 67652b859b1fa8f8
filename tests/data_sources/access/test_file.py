"""Rules as a file: it says the same as they do, and a mistake in it is told with its line."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlens.data_sources.access.file import Directory, read_file, write_file
from gridlens.data_sources.access.rules import People, Rule
from gridlens.data_sources.errors import AccessFileRefused

ANA, NORTH = uuid4(), uuid4()
KNOWN = Directory(users={ANA: "ana@example.org", uuid4(): "bo@example.org"}, groups={NORTH: "Nord: Netz"})

TEXT = st.text("aZ9 _'\"\\:#{}[],&*!|>%@`-?=~\u00e9\u4e16\U0001f50c", min_size=1, max_size=30)
PEOPLE = st.builds(
    People,
    roles=st.sampled_from([(), ("viewer",), ("analyst", "viewer")]),
    groups=st.sampled_from([(), (NORTH,)]),
    users=st.sampled_from([(), tuple(KNOWN.users)]),
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    kind = draw(st.sampled_from(["rows", "hide_table", "hide_column", "mask_column"]))
    binds = draw(PEOPLE)
    return Rule(
        kind=kind,
        table=draw(TEXT),
        schema=draw(st.none() | TEXT),
        column=draw(TEXT) if kind.endswith("_column") else None,
        condition=draw(TEXT) if kind == "rows" else None,
        binds_everybody=not binds,
        binds=binds,
        spares=draw(PEOPLE),
        note=draw(st.just("") | TEXT),
    )


@given(st.lists(rules(), max_size=4))
def test_a_file_says_what_the_rules_say(rules: list[Rule]) -> None:
    text = write_file(tuple(rules), KNOWN)

    assert [rule for _, rule in read_file(text, KNOWN)] == rules


def test_a_file_is_read_as_people_write_it() -> None:
    text = """\
# who sees what
access:
  - table: meter
    rows: region = {user.region}
    for: everybody
    except: {groups: [nord: netz]}

  - {table: meter, hide_column: serial, for: {roles: [viewer], users: [ana@example.org]}, note: 7}
"""
    with pytest.raises(AccessFileRefused, match="Line 6"):
        read_file(text, KNOWN)
    found = read_file(text.replace("nord: netz", '"nord: netz"'), KNOWN)

    assert [line for line, _ in found] == [3, 8]
    assert found[0][1].spares == People(groups=(NORTH,))
    assert found[1][1].binds == People(roles=("viewer",), users=(ANA,))
    assert found[1][1].note == "7"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "empty"),
        ("- table: meter", 1, "begins with"),
        ("access: 7", 1, "list"),
        ("acces: []", 1, "not known"),
        ("access: []\naccess: []", 2, "twice"),
        ("access:\n  - meter", 2, "colon"),
        ("access:\n  - for: everybody\n    hide: true", 2, "needs a table"),
        ("access:\n  - table: meter\n    for: everybody", 2, "exactly one of"),
        (
            "access:\n  - table: meter\n    for: everybody\n    hide: true\n    rows: a = 1",
            2,
            "exactly one of",
        ),
        ("access:\n  - table: meter\n    hide: true", 2, "whom"),
        ("access:\n  - table: meter\n    hide: false\n    for: everybody", 3, "only be true"),
        ("access:\n  - table: meter\n    hide: true\n    for: nobody", 4, "everybody"),
        ("access:\n  - table: meter\n    hide: true\n    for: {}", 4, "name some"),
        ("access:\n  - table: meter\n    hide: true\n    for: {roles: [admin]}", 4, "administrators never"),
        (
            "access:\n  - table: meter\n    hide: true\n    for:\n      groups:\n        - South",
            6,
            "no group",
        ),
        ("access:\n  - table: meter\n    hide: true\n    for: {users: [x@y.z]}", 4, "no user"),
        ("access:\n  - table: meter\n    hide: true\n    whom: everybody", 4, "whom"),
        ("access:\n  - table: [meter]\n    hide: true\n    for: everybody", 2, "is a text"),
        ("access:\n  - table:\n    hide: true\n    for: everybody", 2, "is a text"),
        ("access:\n  - table: meter\n    rows: {user.x} = 1\n    for: everybody", 3, "YAML"),
        ("access:\n  - table: *meter", 2, "liases"),
        ("access:\n  - table: !!python/object:os.system x", 2, "Tags|tags"),
        ("access:\n\t- table: meter", 2, "YAML"),
        ("access: [\n", 2, "YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(AccessFileRefused, match=reason) as refused:
        read_file(text, KNOWN)

    assert refused.value.extra == {"line": line}
    assert refused.value.detail.startswith(f"Line {line}: ")


def test_a_file_that_is_too_large_or_too_deep_is_refused() -> None:
    with pytest.raises(AccessFileRefused, match="bytes"):
        read_file("#" * 600_000, KNOWN)
    with pytest.raises(AccessFileRefused):
        read_file("[" * 20_000, KNOWN)
    with pytest.raises(AccessFileRefused, match="at most"):
        read_file("access:\n" + "  - {table: a, hide: true, for: everybody}\n" * 501, KNOWN)
