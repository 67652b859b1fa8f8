import { expect, test } from "vitest";
import { imageOf } from "./qr";

const written = (svg: string) => decodeURIComponent(imageOf(svg).slice("data:image/svg+xml;utf8,".length));

test("an inline drawing gets what an image needs", () => {
  expect(written('<svg width="84" height="84" class="segno"><path d="M0 0"/></svg>')).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 84 84" width="84" height="84" class="segno"><path d="M0 0"/></svg>',
  );
});

test("a whole one stays as it is", () => {
  const whole = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21"><path d="M0 0"/></svg>';
  expect(written(whole)).toBe(whole);
});
