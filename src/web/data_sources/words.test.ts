import { expect, test } from "vitest";
import { nameOfFile } from "./words";

test("a database file is called as it is on disk, without folder and ending", () => {
  expect(nameOfFile("/srv/data/meters.sqlite")).toBe("meters");
  expect(nameOfFile("C:\\data\\plant 2.v1.duckdb")).toBe("plant 2.v1");
  expect([nameOfFile("meters"), nameOfFile("/srv/.hidden"), nameOfFile("")]).toEqual(["meters", ".hidden", ""]);
});
