type Labels = Readonly<Record<string, string>>;

/** A rule as far as its alerts can tell it from others of the same name. */
export interface RuleIdentity {
  name: string;
  labels: Labels;
}

/** The labels that every alert of a rule carries as they are written; one with a template becomes something else. */
export function fixedLabels({ name, labels }: RuleIdentity): Labels {
  const fixed = Object.entries(labels).filter(([, value]) => value !== "" && !value.includes("{{"));
  return { ...Object.fromEntries(fixed), alertname: name };
}

/** Whether an alert with these labels may be one of the rule's. */
export function answersFor(rule: RuleIdentity, alert: Labels): boolean {
  return Object.entries(fixedLabels(rule)).every(([label, value]) => alert[label] === value);
}

/** The labels that tell rules of one name apart, besides the name; none where every name is one rule's. */
export function tellingLabels(rules: readonly RuleIdentity[]): string[] {
  const sharing = [...Map.groupBy(rules, ({ name }) => name).values()].filter((own) => own.length > 1);
  const labels = sharing.flat().flatMap((rule) => Object.keys(fixedLabels(rule)));
  return [...new Set(labels)].filter((label) => label !== "alertname").sort();
}
