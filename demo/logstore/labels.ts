/** Label and metadata names with their values; a Map, so that a name like `__proto__` is only a name. */
export type Labels = ReadonlyMap<string, string>;

/** In the order of their names, which is the order of every answer. */
export function sortLabels(labels: Iterable<[string, string]>): Labels {
  return new Map([...labels].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The canonical form, as in `{level="info", service="api"}`; equal labels have equal forms. */
export function formatLabels(labels: Labels): string {
  const pairs = [...labels].map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${pairs.join(", ")}}`;
}

/** Orders label sets name by name and value by value, the shorter set first. */
export function compareLabels(a: Labels, b: Labels): number {
  const left = [...a].flat();
  const right = [...b].flat();
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? "", right[i] ?? ""];
    if (x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
