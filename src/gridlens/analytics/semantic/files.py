"""A semantic model as a YAML file: read with the line of every mistake, written in the order of the model.

Comments are not kept. Aliases, tags and a second document are refused: a file says what it means once.
"""

import re
from collections.abc import Iterable
from typing import Any

import msgspec
import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.model import SemanticModel

LARGEST_FILE = 2 * 2**20
DEEPEST = 40
_WIDTH = 110

# Lists of the model that a file writes as a mapping, with the member that becomes the key.
_KEYED = {
    "tables": "table",
    "columns": "column",
    "values": "value",
    "metrics": "name",
    "segments": "name",
    "wordings": "words",
}
# Members that a file calls otherwise; the rest is in snake_case there.
_FILE_NAMES = {"timeColumn": "time", "intervalLabels": "intervals", "isHidden": "hidden"} | {
    "isSensitive": "sensitive",
    "wordings": "words",
}
_MODEL_NAMES = {name: member for member, name in _FILE_NAMES.items()}
# What holds a text alone where it needs no more: a join, the other words of a wording, synonyms of a value.
_ALONE = {"joins": "on", "wordings": "means", "values": "synonyms"}
_TYPES = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false"} | {
    "array": "a list",
    "object": "names with a colon each",
    "date": "a day such as 2026-03-31",
}
_CHOICES = {
    "role": "time, measure, dimension and key",
    "addsUp": "additive, not_over_time and weighted_mean",
    "intervalLabels": "start and end",
}
_UNKNOWN = re.compile(r"unknown field `(\w+)`")
_MISSING = re.compile(r"missing required field `(\w+)`")
_TABLE_KEY = re.compile(r'"((?:[^"]|"")+)"|([^."]+)')
_WHOLE = re.compile(r"[-+]?[0-9]+")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def read(text: str) -> SemanticModel:
    """The model in a file.

    Raises:
        InvalidModel: the file is no YAML, or says something a model cannot hold; with the line.
    """
    if len(text.encode()) > LARGEST_FILE:
        raise InvalidModel(f"The file is larger than {LARGEST_FILE // 2**20} MiB.")
    return _Reader().read(text)


def lines_of(text: str) -> dict[str, int]:
    """On which line each place of the model stands, by its JSON path."""
    reader = _Reader()
    reader.read(text)
    return reader.lines


def write(model: SemanticModel) -> str:
    """The model as a file, which :func:`read` reads back as the same model."""
    written = _written(msgspec.json.decode(msgspec.json.encode(model)), "")
    if not written:
        return "{}\n"
    return yaml.dump(
        written, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False
    )


class _Reader:
    def __init__(self) -> None:
        self.lines: dict[str, int] = {}

    def read(self, text: str) -> SemanticModel:
        try:
            for event in yaml.parse(text, Loader=yaml.SafeLoader):
                if isinstance(event, yaml.AliasEvent):
                    raise InvalidModel("Aliases (*) are not read; write it out.", _line(event.start_mark))
                if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
                    raise InvalidModel("Tags (!) are not read; leave it out.", _line(event.start_mark))
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise InvalidModel(f"this is no YAML: {error.problem}.", _line(mark) if mark else None) from error
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise InvalidModel(f"This file is no YAML: {error}.") from error
        if node is None:
            return SemanticModel()
        if not isinstance(node, MappingNode):
            raise InvalidModel("a file of terms begins with names such as tables: and metrics:.", _at(node))
        try:
            return msgspec.convert(self._mapping(node, "$", "", 0), SemanticModel)
        except msgspec.ValidationError as error:
            said, _, place = str(error).partition(" - at `")
            unknown, path = _UNKNOWN.search(said), place.rstrip("`") or "$"
            path = f"{path}.{unknown[1]}" if unknown else path
            raise InvalidModel(f"{_plainly(said, path)}.", self._line_of(path)) from error

    def _value(self, node: Node, path: str, member: str, depth: int) -> Any:
        if depth > DEEPEST:
            raise InvalidModel("this is nested too deeply.", _at(node))
        self.lines[path] = _at(node)
        if isinstance(node, ScalarNode):
            return _scalar(node, is_typed=".plan" in path)
        if isinstance(node, SequenceNode):
            if member in _KEYED and member not in ("columns", "values"):
                raise InvalidModel(f"{member} are written as a name and a colon each.", _at(node))
            return [
                self._item(child, f"{path}[{place}]", member, depth) for place, child in enumerate(node.value)
            ]
        if not isinstance(node, MappingNode):
            raise InvalidModel("this cannot be read.", _at(node))
        if member in _KEYED and ".plan" not in path:
            return self._keyed(node, path, member, depth)
        return self._mapping(node, path, member, depth)

    def _item(self, node: Node, path: str, member: str, depth: int) -> Any:
        value = self._value(node, path, "", depth + 1)
        return {_ALONE[member]: value} if member == "joins" and isinstance(value, str) else value

    def _mapping(self, node: MappingNode, path: str, member: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        in_plan = ".plan" in path
        for name_node, child in node.value:
            name = _name(name_node)
            inner = name if in_plan else _MODEL_NAMES.get(name, _camel(name))
            if inner in found:
                raise InvalidModel(f"“{name}” is written twice here.", _at(name_node))
            if not in_plan and name != _file_name(inner):
                raise InvalidModel(f"there is no “{name}” here.", _at(name_node))
            found[inner] = self._value(child, f"{path}.{inner}", inner, depth + 1)
            self.lines[f"{path}.{inner}"] = _at(name_node)
        return found

    def _keyed(self, node: MappingNode, path: str, member: str, depth: int) -> list[dict[str, Any]]:
        """Entries by name, each as an item of a list that holds its name."""
        items: list[dict[str, Any]] = []
        seen: set[str] = set()
        for place, (name_node, child) in enumerate(node.value):
            name = _name(name_node)
            if name in seen:
                raise InvalidModel(f"“{name}” is written twice here.", _at(name_node))
            seen.add(name)
            inside = f"{path}[{place}]"
            value = self._value(child, inside, "", depth + 1)
            if member in _ALONE and not isinstance(value, dict):
                value = {_ALONE[member]: value}
            elif value is None:
                value = {}
            if not isinstance(value, dict):
                raise InvalidModel(f"“{name}” needs members of its own, indented below it.", _at(child))
            self.lines[inside] = _at(name_node)
            if member == "tables":
                items.append({**_table(name, _at(name_node)), **value})
            else:
                items.append({_KEYED[member]: name, **value})
        return items

    def _line_of(self, path: str) -> int:
        """Where a path of the model was written, or the nearest thing around it that was."""
        while path not in self.lines and len(path) > 1:
            path = path[: max(path.rfind("."), path.rfind("["))]
        return self.lines.get(path, 1)


def _scalar(node: ScalarNode, *, is_typed: bool) -> Any:
    """Text as it stands; true and false as such; within a plan numbers and nothing as such, too."""
    text = str(node.value)
    if node.style is not None:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if is_typed and _WHOLE.fullmatch(text):
        return int(text)
    if is_typed and _REAL.fullmatch(text):
        return float(text)
    return text


def _name(node: Node) -> str:
    if not isinstance(node, ScalarNode):
        raise InvalidModel("a name is a word, not a list.", _at(node))
    return str(node.value)


def _table(name: str, line: int) -> dict[str, str]:
    """``schema.table`` in two parts; a name with a dot of its own stands in double quotes."""
    parts = [
        (quoted or plain).replace('""', '"') if quoted else plain
        for quoted, plain in _TABLE_KEY.findall(name)
    ]
    match parts:
        case [table]:
            return {"table": table}
        case [schema, table]:
            return {"schema": schema, "table": table}
        case _:
            raise InvalidModel(f"“{name}” is no table. Write table or schema.table.", line)


def _written(value: Any, member: str) -> Any:
    """What the model holds as a file writes it; what it does not say is left out."""
    if isinstance(value, dict):
        return {
            _file_name(name): _written(part, name) if name != "plan" else part
            for name, part in value.items()
            if part not in (None, False, [])
        }
    if not isinstance(value, list):
        return value
    if member not in _KEYED:
        alone = _ALONE.get(member)
        return [item[alone] if alone else _written(item, "") for item in value]
    entries: dict[str, Any] = {}
    for item in value:
        rest = dict(item)
        name = rest.pop(_KEYED[member])
        if member == "tables":
            parts = [part for part in (rest.pop("schema", None), name) if part is not None]
            name = ".".join(
                f'"{p.replace(chr(34), chr(34) * 2)}"' if re.search(r'[."]', p) else p for p in parts
            )
        alone = _ALONE.get(member)
        entries[name] = rest[alone] if alone in rest and len(rest) == 1 else _written(rest, "")
    return entries


def _file_name(member: str) -> str:
    return _FILE_NAMES.get(member) or re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", member)


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def _plainly(said: str, path: str) -> str:
    """What msgspec says of a value, in the words of a file."""
    if field := _UNKNOWN.search(said):
        return f"there is no “{_file_name(field[1])}” here"
    if field := _MISSING.search(said):
        return f"“{_file_name(field[1])}” is missing"
    if said.startswith("Invalid enum value") and (choices := _CHOICES.get(path.rpartition(".")[2])):
        return f"this is one of {choices}"
    said = re.sub(r"`([^`]*)`", lambda found: _words_of(found[1]), said)
    return said[:1].lower() + said[1:]


def _words_of(types: str) -> str:
    return " or ".join(_TYPES.get(part, part) for part in types.split(" | ") if part != "null")


def _at(node: Node) -> int:
    return _line(node.start_mark)


def _line(mark: Any) -> int:
    return int(mark.line) + 1


class _Dumper(yaml.SafeDumper):
    """Lists of plain texts stand on one line, as a person would write them."""

    def represent_list(self, data: Iterable[Any]) -> SequenceNode:
        data = list(data)
        is_short = len(data) <= 12 and all(
            isinstance(item, str) and len(item) <= 40 and not re.search(r"[<>=']", item) for item in data
        )
        return self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=is_short)

    def represent_text(self, data: str) -> ScalarNode:
        """Quoted when plain it would be read as a number here, though not by YAML, or as a line's end."""
        is_plain = not _REAL.fullmatch(data) and not re.search("[\x85\u2028\u2029]", data)
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=None if is_plain else '"')

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(list, _Dumper.represent_list)
_Dumper.add_representer(str, _Dumper.represent_text)
