import { expect, test } from "vitest";
import type { Place } from "../module";
import { matchPlaces } from "./match";

const place = (label: string): Place => ({ label, to: `/${label}`, icon: "home" });
const places = [place("Home"), place("Dashboards"), place("Data sources")];
const found = (typed: string) => matchPlaces(places, typed).map(({ label }) => label);

test("places are found by the beginnings of their words", () => {
  expect(found("da")).toEqual(["Dashboards", "Data sources"]);
  expect(found("SOUR")).toEqual(["Data sources"]);
  expect(found("data so")).toEqual(["Data sources"]);
  expect(found("ata")).toEqual([]);
  expect(found("  ")).toEqual(["Home", "Dashboards", "Data sources"]);
});
