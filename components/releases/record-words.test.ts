import { expect, it } from "vitest";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { becauseOf } from "./record-words.ts";

const record = (body: Record<string, unknown>) => ({ body }) as unknown as DecisionRecord;

it.each([
  [{ verdict: { rationale: ["healthy x low", "risk is low"] }, reason: "no" }, "healthy x low"],
  [{ reason: "looks fine" }, "looks fine"],
  [{ note: null, because: "the approval is for another commit" }, "the approval is for another commit"],
  [{ verdict: "of another shape", note: "by hand" }, "by hand"],
  [{}, ""],
])("%j is because of %j", (body, words) => expect(becauseOf(record(body))).toBe(words));
