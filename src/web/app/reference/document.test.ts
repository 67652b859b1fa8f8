import { expect, test } from "vitest";
import { operationsOf } from "./document";

test("operations are grouped by tag, and a body shows the schema it refers to", () => {
  const found = operationsOf({
    paths: {
      "/meters": {
        post: {
          tags: ["meters"],
          operationId: "addMeter",
          description: "Add a meter.",
          parameters: [{ name: "site", in: "query", required: true }],
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Meter" } } } },
        },
      },
    },
    components: { schemas: { Meter: { type: "object" } } },
  });
  expect(found.get("meters")).toEqual([
    {
      id: "addMeter",
      method: "POST",
      path: "/meters",
      words: "Add a meter.",
      parameters: [{ name: "site", where: "query", isRequired: true }],
      body: JSON.stringify({ Meter: { type: "object" } }, null, 2),
    },
  ]);
});

test("a document without paths has no operations", () => {
  expect(operationsOf(null).size).toBe(0);
});
