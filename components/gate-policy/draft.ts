import type { z } from "zod";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { type GatePolicy, policyProblems } from "#lib/domain/gate/policy.ts";

type Path = readonly (string | number)[];

function setIn(value: unknown, [head, ...rest]: Path, leaf: unknown): unknown {
  if (head === undefined) return leaf;
  if (Array.isArray(value))
    return value.map((one, at) => (at === Number(head) ? setIn(one, rest, leaf) : one));
  const members = value as Record<string, unknown>;
  return { ...members, [head]: setIn(members[head], rest, leaf) };
}

/** A policy with one value replaced; the one given stays as it is. */
export function withValue(document: GatePolicyDocument, path: Path, value: unknown): GatePolicyDocument {
  return setIn(document, path, value) as GatePolicyDocument;
}

/** A record without one of its members. */
export function without<Member>(record: Readonly<Record<string, Member>>, name: string) {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
}

/** What is wrong, as a person reads it beside the field. */
function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "int" ? "must be a whole number" : "must be a number";
    case "too_small":
      return `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
    case "too_big":
      return `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** What is wrong with a policy, by dotted path; the first finding of each. */
export function problemsOf(
  document: GatePolicyDocument,
  contract: typeof GatePolicyDocument | null,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const issue of contract?.safeParse(document).error?.issues ?? []) {
    const key = issue.path.map(String).join(".");
    if (!found.has(key)) found.set(key, inWords(issue));
  }
  // The contract looks at what a policy may not say only once its shape is right.
  for (const { path, message } of policyProblems(document as GatePolicy)) {
    const key = path.join(".");
    if (!found.has(key)) found.set(key, message);
  }
  return found;
}

/** What an editor of a part of the policy needs. */
export interface DraftProps {
  draft: GatePolicyDocument;
  problems: ReadonlyMap<string, string>;
  disabled: boolean;
  onChange: (path: Path, value: unknown) => void;
}
