import type { Postmortem } from "#lib/contracts/postmortems.ts";

/** How a post-mortem stands, in a word or two. */
export function stateInWords({ state, version, waiver }: Postmortem): string {
  if (state === "none") return waiver ? "Waived" : "Draft from the facts";
  const words = { draft: "Draft", review: "In review", published: "Published" } as const;
  return `${words[state]}, version ${version}`;
}

/** What is to be done next, and by whom. */
export function nextStep({ state, incident, waiver, required }: Postmortem): string {
  if (waiver) return `Waived: ${waiver.reason}`;
  if (state === "published") return "It is published; a correction is a new version that is published again.";
  if (incident.resolvedAt === null)
    return "It can be written now, and published once the incident is resolved.";
  if (state === "review") return "A second person reads it and publishes it; the incident is closed then.";
  const must = required ? "It spent more than 20 % of a budget and must have a post-mortem. " : "";
  return `${must}The facts are filled in: people add what only they know, and ask for a review.`;
}

/** Somebody by name; who was erased has none. */
export function personName(person: { name: string | null } | null): string {
  return person?.name ?? "a former member";
}
