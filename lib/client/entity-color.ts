const NODE_TOKENS: Readonly<Record<string, string>> = {
  ai1: "var(--node-ai1)",
  ai2: "var(--node-ai2)",
  nas1: "var(--node-nas1)",
};
export const SERIES_COLORS = ["--s1", "--s2", "--s3", "--s4", "--s5", "--s6", "--s7", "--s8"].map(
  (token) => `var(${token})`,
);

/** The colour of the palette that looks like a node's own. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  "var(--node-ai1)": "var(--s1)",
  "var(--node-ai2)": "var(--s7)",
  "var(--node-nas1)": "var(--s2)",
};

/** The one colour of a node or service wherever it is drawn: its token, else a stable pick by name. */
export function entityColor(name: string): string {
  const own = Object.hasOwn(NODE_TOKENS, name) ? NODE_TOKENS[name] : undefined;
  return own ?? seriesColor(fnv1a(name));
}

/** The n-th colour of the palette, beginning again after the last. */
export function seriesColor(index: number): string {
  return SERIES_COLORS[index % SERIES_COLORS.length] ?? "var(--s1)";
}

/**
 * The colours of the lines of one chart, in their order: a node or service has its own, unless an earlier line has it
 * already; it and all others take the next that no line has, as long as there are any.
 * @param entities the node or service that each line is, null for another
 */
export function lineColors(entities: readonly (string | null)[]): string[] {
  const wanted = entities.map((entity) => (entity === null ? null : entityColor(entity)));
  const looks = wanted.map((color) => color && (LOOKS_LIKE[color] ?? color));
  const own = wanted.map((color, nth) => (looks.indexOf(looks[nth] ?? null) === nth ? color : null));
  const free = SERIES_COLORS.filter((color) => !looks.includes(color));
  let next = 0;
  return own.map((color, nth) => color ?? free[next++] ?? seriesColor(nth));
}

/** 32-bit FNV-1a over UTF-16 code units: http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
