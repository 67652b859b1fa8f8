"""What Litestar's description of our types leaves out."""

from litestar._openapi.schema_generation import SchemaCreator
from litestar.openapi.spec import OpenAPIType, Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition


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
