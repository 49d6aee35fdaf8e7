import type { Choice } from "#components/ui/select.tsx";

/** The services to narrow to; the one chosen is always among them. */
export function serviceChoices(names: readonly string[] = [], chosen: string | null): Choice[] {
  const known = chosen !== null && !names.includes(chosen) ? [chosen, ...names] : names;
  return [{ value: "", label: "any service" }, ...known.map((name) => ({ value: name, label: name }))];
}
