import { expect, test } from "vitest";
import { jsonLines } from "./stream";

function bodyOf(...chunks: string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
}

async function all(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const value of jsonLines(body)) found.push(value);
  return found;
}

test("a line that arrives in pieces is one value", async () => {
  expect(await all(bodyOf('{"a":', "1}\n{", '"b":2}\n'))).toEqual([{ a: 1 }, { b: 2 }]);
});

test("the last line needs no newline, and empty lines are nothing", async () => {
  expect(await all(bodyOf('{"a":1}\n\n{"b":2}'))).toEqual([{ a: 1 }, { b: 2 }]);
});

test("a broken line is an error and not silence", async () => {
  await expect(all(bodyOf('{"a":1}\n{"b"'))).rejects.toThrow(SyntaxError);
});
