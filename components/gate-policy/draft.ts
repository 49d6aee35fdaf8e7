import { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";

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

/** What is wrong with a policy, by dotted path; the first finding of each. */
export function problemsOf(document: GatePolicyDocument): ReadonlyMap<string, string> {
  const parsed = GatePolicyDocument.safeParse(document);
  const found = new Map<string, string>();
  for (const { path, message } of parsed.error?.issues ?? []) {
    const key = path.map(String).join(".");
    if (!found.has(key)) found.set(key, message);
  }
  return found;
}

/** What an editor of a part of the policy needs. */
export interface DraftProps {
  draft: GatePolicyDocument;
  problems: ReadonlyMap<string, string>;
  onChange: (path: Path, value: unknown) => void;
}
