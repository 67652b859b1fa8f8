"""Access rules as a YAML file, for review and for other installations; people and groups go by name there.

::

    access:
      - table: meter
        rows: region = {user.region}
        for: everybody
        except: {groups: [Grid control]}
      - table: meter
        mask_column: owner
        for: {roles: [viewer]}
        note: Names of customers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn
from uuid import UUID

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gridlens.data_sources.access.rules import People, Rule, Rules
from gridlens.data_sources.errors import AccessFileRefused

LARGEST_FILE: Final = 500_000
MOST_RULES: Final = 500
_ROOT: Final = "access"
_EVERYBODY: Final = "everybody"
_ROLES: Final = ("analyst", "viewer")
_KINDS: Final = {"rows": "rows", "hide": "hide_table", "hide_column": "hide_column"} | {
    "mask_column": "mask_column"
}
_MEMBERS: Final = ("table", "schema", *_KINDS, "for", "except", "note")
_LONGEST: Final = {"table": 255, "schema": 255, "rows": 4000, "hide_column": 255} | {
    "mask_column": 255,
    "note": 500,
}


@dataclass(frozen=True, slots=True)
class Directory:
    """People by their address, groups by their name."""

    users: Mapping[UUID, str]
    groups: Mapping[UUID, str]


def write_file(rules: Rules, directory: Directory) -> str:
    """The rules as a file that :func:`read_file` reads back as the same rules."""
    told = {_ROOT: [_told(rule, directory) for rule in rules]}
    return str(yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=110))


def read_file(text: str, directory: Directory) -> list[tuple[int, Rule]]:
    """The rules in a file, each with the line on which it begins.

    Raises:
        AccessFileRefused: it is no YAML, or not of this form; with the line and the reason.
    """
    if len(text.encode(errors="replace")) > LARGEST_FILE:
        raise AccessFileRefused(f"The file has more than {LARGEST_FILE:,} bytes.")
    root = _node_of(text)
    if not isinstance(root, MappingNode):
        _fail(root, f"a file of rules begins with “{_ROOT}:”")
    members = _members(root, (_ROOT,))
    if _ROOT not in members:
        _fail(root, f"a file of rules begins with “{_ROOT}:”")
    listed = _list(members[_ROOT], "rules")
    if len(listed) > MOST_RULES:
        _fail(listed[MOST_RULES], f"a source has at most {MOST_RULES} rules")
    return [(_line(node), _rule(node, directory)) for node in listed]


def _told(rule: Rule, directory: Directory) -> dict[str, Any]:
    told: dict[str, Any] = {"table": rule.table}
    if rule.schema is not None:
        told["schema"] = rule.schema
    match rule.kind:
        case "rows":
            told["rows"] = rule.condition
        case "hide_table":
            told["hide"] = True
        case kind:
            told[kind] = rule.column
    told["for"] = _EVERYBODY if rule.binds_everybody else _people_told(rule.binds, directory)
    if rule.spares:
        told["except"] = _people_told(rule.spares, directory)
    if rule.note:
        told["note"] = rule.note
    return told


def _people_told(people: People, directory: Directory) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {
        "roles": [*people.roles],
        "groups": [directory.groups.get(each, str(each)) for each in people.groups],
        "users": [directory.users.get(each, str(each)) for each in people.users],
    }
    return {name: names for name, names in told.items() if names}


def _node_of(text: str) -> Node:
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise AccessFileRefused("aliases (*) are not read; write it out", _at(event.start_mark))
            if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
                raise AccessFileRefused("tags (!) are not read; leave it out", _at(event.start_mark))
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = _at(mark) if mark else None
        raise AccessFileRefused(f"this is no YAML: {error.problem}", line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise AccessFileRefused("this is no YAML") from error
    if node is None:
        raise AccessFileRefused(f"the file is empty; without rules it says “{_ROOT}: []”", 1)
    return node


def _rule(node: Node, directory: Directory) -> Rule:
    members = _members(node, _MEMBERS)
    table = members.get("table") or _fail(node, "a rule needs a table")
    kinds = [name for name in _KINDS if name in members]
    if len(kinds) != 1:
        _fail(node, f"a rule has exactly one of {', '.join(_KINDS)}")
    [kind] = kinds
    if "for" not in members:
        _fail(node, "a rule needs “for”: whom it binds")
    if kind == "hide" and not _is_true(members["hide"]):
        _fail(members["hide"], "“hide” can only be true")
    binds_everybody = _is_everybody(members["for"])
    return Rule(
        kind=_KINDS[kind],  # type: ignore[arg-type]  # one of them
        table=_text(table, "table"),
        schema=_text(members["schema"], "schema") if "schema" in members else None,
        column=_text(members[kind], kind) if kind.endswith("_column") else None,
        condition=_text(members[kind], kind) if kind == "rows" else None,
        binds_everybody=binds_everybody,
        binds=People() if binds_everybody else _people(members["for"], directory),
        spares=_people(members["except"], directory) if "except" in members else People(),
        note=_text(members["note"], "note") if "note" in members else "",
    )


def _people(node: Node, directory: Directory) -> People:
    members = _members(node, ("roles", "groups", "users"))
    people = People(
        roles=tuple(_role(each) for each in _list(members["roles"], "roles")) if "roles" in members else (),
        groups=_named(members.get("groups"), directory.groups, "group"),
        users=_named(members.get("users"), directory.users, "user"),
    )
    if not people:
        _fail(node, "name some roles, groups or users here")
    return people


def _role(node: Node) -> Any:
    name = _text(node, "role")
    if name not in _ROLES:
        _fail(node, f"a rule binds the roles {' and '.join(_ROLES)}, and administrators never")
    return name


def _named(node: Node | None, known: Mapping[UUID, str], what: str) -> tuple[UUID, ...]:
    found: list[UUID] = []
    for each in _list(node, f"{what}s") if node is not None else []:
        name = _text(each, what)
        same = [key for key, value in known.items() if value == name] or [
            key for key, value in known.items() if value.casefold() == name.casefold()
        ]
        if len(same) != 1:
            _fail(each, f"there is no {what} “{name}”")
        found += same
    return tuple(dict.fromkeys(found))


def _members(node: Node, allowed: tuple[str, ...]) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        _fail(node, f"this needs names with a colon each: {', '.join(allowed)}")
    members: dict[str, Node] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, ScalarNode) else ""
        if name not in allowed:
            _fail(key, f"“{name}” is not known here; possible are {', '.join(allowed)}")
        if name in members:
            _fail(key, f"“{name}” stands here twice")
        members[name] = value
    return members


def _list(node: Node, what: str) -> list[Node]:
    if not isinstance(node, SequenceNode):
        _fail(node, f"“{what}” is a list")
    return list(node.value)


def _text(node: Node, name: str) -> str:
    if not isinstance(node, ScalarNode) or not node.value or node.tag == "tag:yaml.org,2002:null":
        _fail(node, f"“{name}” is a text")
    if len(node.value) > _LONGEST.get(name, 255):
        _fail(node, f"“{name}” is too long")
    return str(node.value)


def _is_true(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value.lower() == "true"


def _is_everybody(node: Node) -> bool:
    if not isinstance(node, ScalarNode):
        return False
    if node.value != _EVERYBODY:
        _fail(node, f"“for” is {_EVERYBODY}, or some roles, groups and users")
    return True


def _fail(node: Node, reason: str) -> NoReturn:
    raise AccessFileRefused(reason, _line(node))


def _line(node: Node) -> int:
    return _at(node.start_mark)


def _at(mark: Any) -> int:
    return int(mark.line) + 1
