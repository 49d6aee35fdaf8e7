/** How a value is held against the one that is wanted. */
export type Comparison = "<" | "<=" | "==" | "!=" | ">=" | ">";

/** What the source said: its values now, or why there are none. */
export type ConditionAnswer =
  { values: readonly (number | null)[]; stale: boolean; partial: boolean } | { problem: string };

/** Whether a condition holds; without fresh data it does not, and says why. */
export interface Verdict {
  state: "holds" | "fails" | "no_data";
  why: string | null;
}

const COMPARE: Readonly<Record<Comparison, (value: number, wanted: number) => boolean>> = {
  "<": (value, wanted) => value < wanted,
  "<=": (value, wanted) => value <= wanted,
  "==": (value, wanted) => value === wanted,
  "!=": (value, wanted) => value !== wanted,
  ">=": (value, wanted) => value >= wanted,
  ">": (value, wanted) => value > wanted,
};

const noData = (why: string): Verdict => ({ state: "no_data", why });
const shown = (value: number) => String(Number(value.toPrecision(6)));

/** Why an answer says nothing of now; null when it can be judged. */
function unusable(answer: ConditionAnswer): string | null {
  if ("problem" in answer) return answer.problem;
  if (answer.stale) return "the source does not answer; what it said before does not count";
  if (answer.partial) return "part of the answer is missing";
  if (answer.values.length === 0) return "no series matches";
  const gaps = answer.values.filter((value) => value === null || !Number.isFinite(value)).length;
  if (gaps === 0) return null;
  return answer.values.length === 1
    ? "the value is not a number"
    : `${gaps} of ${answer.values.length} series have no number`;
}

/** Whether every series of an answer compares as wanted. Missing, stale and NaN data do not hold. */
export function holds(op: Comparison, wanted: number, answer: ConditionAnswer): Verdict {
  const why = unusable(answer);
  if (why !== null || "problem" in answer) return noData(why ?? "");
  const values = answer.values.filter((value) => value !== null);
  const failing = values.filter((value) => !COMPARE[op](value, wanted));
  const [first] = failing;
  if (first === undefined) return { state: "holds", why: null };
  const told = `${shown(first)} is not ${op} ${shown(wanted)}`;
  return {
    state: "fails",
    why: values.length === 1 ? told : `${told} (${failing.length} of ${values.length} series)`,
  };
}

/** What an action is run for. */
export interface Target {
  service: string | null;
  node: string | null;
}

const NAMED = /\$(service|node)\b/g;
/** Could end the quotes that a name stands in, or begin an escape. */
const UNQUOTABLE = /["'`\\\p{Cc}]/u;

function refusedOf(name: "service" | "node", value: string | null): string | null {
  if (value === null) return `it needs a ${name}`;
  return UNQUOTABLE.test(value) ? `the name of the ${name} cannot stand in a query` : null;
}

/**
 * A query with its `$service` and `$node` filled in, or why that cannot be. They are meant to stand in quotes, which no
 * name can close.
 */
export function fillQuery(query: string, target: Target): { query: string } | { problem: string } {
  for (const [, name] of query.matchAll(NAMED)) {
    if (name !== "service" && name !== "node") continue;
    const problem = refusedOf(name, target[name]);
    if (problem !== null) return { problem };
  }
  return { query: query.replace(NAMED, (_, name: "service" | "node") => target[name] ?? "") };
}
