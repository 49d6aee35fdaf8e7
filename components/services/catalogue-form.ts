import { CataloguePatch, CRITICAL_ABOVE_WARNING, type CatalogueService } from "#lib/contracts/catalogue.ts";

/** A catalogue entry as text, the way a form holds it. Lists are separated by commas. */
export interface CatalogueForm {
  tier: string;
  kind: string;
  team: string;
  environment: string;
  owner: string;
  repository: string;
  namespace: string;
  nodes: string;
  dependencies: string;
  metricPreset: string;
  latencyP99Ms: string;
  errorWarningPercent: string;
  errorCriticalPercent: string;
  trafficBaselinePerSecond: string;
}
export type FormField = keyof CatalogueForm;
export type FormErrors = Partial<Record<FormField, string>>;

const THRESHOLDS = {
  latencyP99Ms: { path: "latencyP99Seconds", perUnit: 1000, hint: "a number of milliseconds, up to an hour" },
  errorWarningPercent: { path: "errorWarningRatio", perUnit: 100, hint: "a percentage between 0 and 100" },
  errorCriticalPercent: { path: "errorCriticalRatio", perUnit: 100, hint: "a percentage between 0 and 100" },
  trafficBaselinePerSecond: {
    path: "trafficBaselinePerSecond",
    perUnit: 1,
    hint: "a number of requests per second above 0",
  },
} as const satisfies Partial<Record<FormField, { path: string; perUnit: number; hint: string }>>;
type ThresholdField = keyof typeof THRESHOLDS;
/** Every field, with the name it has on the screen. */
export const LABELS: Readonly<Record<FormField, string>> = {
  tier: "Tier",
  kind: "Kind",
  team: "Team",
  owner: "Owner",
  environment: "Environment",
  namespace: "Namespace",
  repository: "Repository",
  metricPreset: "Metric names",
  nodes: "Nodes",
  dependencies: "Depends on",
  latencyP99Ms: "p99 threshold, ms",
  trafficBaselinePerSecond: "Usual traffic, requests/s",
  errorWarningPercent: "Errors: warning above, %",
  errorCriticalPercent: "Errors: critical above, %",
};
const THRESHOLD_FIELDS = Object.keys(THRESHOLDS) as ThresholdField[];
const isThreshold = (field: FormField): field is ThresholdField => Object.hasOwn(THRESHOLDS, field);

/** The entry as the form shows it; what is not set is empty. */
export function toForm(entry: CatalogueService): CatalogueForm {
  const shown = (field: ThresholdField) => {
    const value = entry.thresholds[THRESHOLDS[field].path];
    // Twelve digits, so that 0.07 shows as 7 and not as 7.000000000000001.
    return value === undefined ? "" : String(Number((value * THRESHOLDS[field].perUnit).toPrecision(12)));
  };
  return {
    tier: entry.tier ?? "",
    kind: entry.kind,
    team: entry.team ?? "",
    environment: entry.environment ?? "",
    owner: entry.owner ?? "",
    repository: entry.repository ?? "",
    namespace: entry.namespace ?? "",
    nodes: entry.nodes.join(", "),
    dependencies: entry.dependencies.join(", "),
    metricPreset: entry.metricPreset,
    latencyP99Ms: shown("latencyP99Ms"),
    errorWarningPercent: shown("errorWarningPercent"),
    errorCriticalPercent: shown("errorCriticalPercent"),
    trafficBaselinePerSecond: shown("trafficBaselinePerSecond"),
  };
}

/** The fields whose text differs from what the entry shows; those a form has not filled in yet do not. */
export function changedFields(form: Partial<CatalogueForm>, entry: CatalogueService): FormField[] {
  const shown = toForm(entry);
  return (Object.keys(LABELS) as FormField[]).filter(
    (field) => form[field] !== undefined && form[field].trim() !== shown[field],
  );
}

/**
 * The edit that a form stands for. Only `changed` fields are in it, so that what discovery sees goes on
 * counting for the others; thresholds are one field and go together.
 */
export function toPatch(
  form: CatalogueForm,
  changed: readonly FormField[],
  version: number,
): { patch: CataloguePatch; errors: null } | { patch: null; errors: FormErrors } {
  const plain = changed
    .filter((field) => !isThreshold(field))
    .map((field) => [field, plainValue(form, field)]);
  const thresholds = changed.some(isThreshold) ? { thresholds: thresholdsOf(form) } : {};
  const parsed = CataloguePatch.safeParse({ version, ...Object.fromEntries(plain), ...thresholds });
  if (parsed.success) return { patch: parsed.data, errors: null };
  return { patch: null, errors: fieldErrors(parsed.error.issues) };
}

function plainValue(form: CatalogueForm, field: FormField): string | string[] | null {
  const text = form[field].trim();
  if (field === "nodes" || field === "dependencies") return listOf(text);
  return text === "" ? null : text;
}

function listOf(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

function thresholdsOf(form: CatalogueForm): Record<string, number> {
  const set = THRESHOLD_FIELDS.filter((field) => form[field].trim() !== "");
  return Object.fromEntries(
    set.map((field) => [THRESHOLDS[field].path, Number(form[field]) / THRESHOLDS[field].perUnit]),
  );
}

/** The messages of a refusal by form field, from paths such as `nodes.0` or `thresholds.latencyP99Seconds`. */
export function fieldErrors(
  issues: readonly { path: readonly PropertyKey[] | string; message: string }[],
): FormErrors {
  const errors: FormErrors = {};
  for (const { path, message } of issues) {
    const [first = "", second = ""] = typeof path === "string" ? path.split(".") : path.map(String);
    const threshold =
      first === "thresholds" && THRESHOLD_FIELDS.find((field) => THRESHOLDS[field].path === second);
    if (threshold) errors[threshold] ??= thresholdError(threshold, message);
    else errors[first as FormField] ??= first === "repository" ? "must be an http or https address" : message;
  }
  return errors;
}

/** Ratios and seconds are not what the form shows, so a limit is told in the field's own unit. */
function thresholdError(field: ThresholdField, message: string): string {
  if (message === CRITICAL_ABOVE_WARNING) return "must be greater than the warning percentage";
  return `must be ${THRESHOLDS[field].hint}`;
}

/** What changed between two states of an entry, as the form shows it: `[field, before, after]`. */
export function changesBetween(
  before: CatalogueService,
  after: CatalogueService,
): [FormField, string, string][] {
  const [old, now] = [toForm(before), toForm(after)];
  return (Object.keys(now) as FormField[])
    .filter((field) => old[field] !== now[field])
    .map((field) => [field, old[field], now[field]]);
}
