import { expect, test } from "vitest";
import { AppError, toProblem } from "./errors.ts";

class Narrower extends AppError {}

test("an AppError of another copy of this module is one too, and keeps its words", async () => {
  const copy = (await import(`${import.meta.dirname}/errors.ts?copy`)) as { AppError: typeof AppError };
  expect(copy.AppError).not.toBe(AppError);
  const error = new copy.AppError("upstream_unavailable", "prometheus: ECONNREFUSED");
  expect(error).toBeInstanceOf(AppError);
  expect(toProblem(error, "r1")).toMatchObject({
    code: "upstream_unavailable",
    status: 502,
    detail: "prometheus: ECONNREFUSED",
  });
});

test("a subclass knows its own only, and nothing else is an AppError", () => {
  expect(new Narrower("invalid", "x")).toBeInstanceOf(AppError);
  expect(new Narrower("invalid", "x")).toBeInstanceOf(Narrower);
  expect(new AppError("invalid", "x")).not.toBeInstanceOf(Narrower);
  for (const other of [new Error("x"), null, undefined, "x", { code: "invalid" }]) {
    expect(other).not.toBeInstanceOf(AppError);
  }
  expect(toProblem(new Error("secret"), "r1").detail).not.toContain("secret");
});
