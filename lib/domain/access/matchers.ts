export const MATCH_OPERATORS = ["=", "!=", "=~", "!~"] as const;

/** A label matcher that is added to every selector of whoever is confined by it. */
export interface LabelMatcher {
  label: string;
  operator: (typeof MATCH_OPERATORS)[number];
  value: string;
}

/** A set of matchers in one fixed order, so that equal confinements share their cached answers. */
export function confinementKey(matchers: readonly LabelMatcher[]): string {
  const parts = matchers.map(({ label, operator, value }) => JSON.stringify([label, operator, value]));
  return [...new Set(parts)].sort().join(",");
}
