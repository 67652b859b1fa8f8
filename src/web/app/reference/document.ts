/** The little of an OpenAPI document that the reference shows. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  words: string;
  parameters: { name: string; where: string; isRequired: boolean }[];
  /** The schema of the body as indented JSON, with what it refers to beside it. */
  body: string | null;
}

type Json = Record<string, unknown>;

const METHODS = ["get", "post", "put", "patch", "delete"];

function record(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Operations by tag, in the order of their paths. */
export function operationsOf(document: unknown): Map<string, Operation[]> {
  const found = new Map<string, Operation[]>();
  const schemas = record(record(record(document).components).schemas);
  for (const [path, item] of Object.entries(record(record(document).paths))) {
    for (const method of METHODS) {
      const operation = record(record(item)[method]);
      if (Object.keys(operation).length === 0) continue;
      const [tag] = Array.isArray(operation.tags) ? operation.tags : ["other"];
      const group = found.get(String(tag)) ?? [];
      group.push(read(method, path, operation, schemas));
      found.set(String(tag), group);
    }
  }
  return found;
}

function read(method: string, path: string, operation: Json, schemas: Json): Operation {
  const parameters = Array.isArray(operation.parameters) ? operation.parameters.map(record) : [];
  const content = Object.values(record(record(operation.requestBody).content)).map(record);
  const schema = content[0]?.schema;
  return {
    id: text(operation.operationId),
    method: method.toUpperCase(),
    path,
    words: text(operation.description) || text(operation.summary),
    parameters: parameters.map((each) => ({
      name: text(each.name),
      where: text(each.in),
      isRequired: each.required === true,
    })),
    body: schema === undefined ? null : JSON.stringify(resolved(schema, schemas), null, 2),
  };
}

function resolved(schema: unknown, schemas: Json): unknown {
  const name = text(record(schema).$ref).split("/").at(-1);
  return name ? { [name]: schemas[name] } : schema;
}
