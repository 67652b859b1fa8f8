"""What Litestar's description of our types leaves out."""

from dataclasses import dataclass, fields
from typing import Any

import msgspec
from litestar._openapi.schema_generation import SchemaCreator
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import OpenAPI, OpenAPIType, Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition

from gridlens.core.http.problems import MEDIA_TYPE, Problem

REFUSALS = {
    "4XX": "The request was refused and nothing was changed; the detail says what to do next.",
    "5XX": "The server could not do it and nothing was changed; the detail says what to do next.",
}


class TuplesAreArrays(OpenAPISchemaPlugin):
    """Describes ``tuple[X, ...]`` as an array of X.

    Litestar takes the ellipsis of such a tuple for a second kind of item when a length is annotated.
    """

    @staticmethod
    def is_plugin_supported_type(value: object) -> bool:
        return False

    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        return field_definition.origin is tuple and field_definition.args[-1:] == (Ellipsis,)

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: SchemaCreator) -> Schema:
        item = FieldDefinition.from_annotation(field_definition.args[0])
        return Schema(type=OpenAPIType.ARRAY, items=schema_creator.for_field_definition(item))


@dataclass
class Document(OpenAPI):
    """The description of the interface, in which every operation fails with a problem document."""

    def to_schema(self) -> dict[str, Any]:
        document = super().to_schema()
        _, problem = msgspec.json.schema_components([Problem], ref_template="#/components/schemas/{name}")
        components = document["components"]
        components["schemas"].update(problem)
        components["responses"] = {
            f"Problem{codes}": {
                "description": description,
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
            for codes, description in REFUSALS.items()
        }
        for path in document["paths"].values():
            for operation in path.values():
                # Litestar describes its own shape of a refusal, which our handlers never let out.
                kept = {code: told for code, told in operation["responses"].items() if code < "4"}
                refused = {codes: {"$ref": f"#/components/responses/Problem{codes}"} for codes in REFUSALS}
                operation["responses"] = kept | refused
        return document


@dataclass
class Description(OpenAPIConfig):
    """The settings of Litestar's description, which then tells of our problem documents."""

    def to_openapi_schema(self) -> OpenAPI:
        made = super().to_openapi_schema()
        return Document(**{each.name: getattr(made, each.name) for each in fields(made)})
