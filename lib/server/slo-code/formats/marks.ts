import "server-only";
import { Tier } from "#lib/contracts/cluster.ts";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import type { Draft, Origin } from "./draft.ts";

type Change = Partial<SloDefinition> | null;

const url = (runbookUrl: string): Change => ({ runbookUrl });
const owner = (name: string): Change => ({ owner: name });
function tier(text: string): Change {
  const parsed = Tier.safeParse(text);
  return parsed.success ? { tier: parsed.data } : null;
}

/** Labels and annotations that say something a definition has a field for; null: not with this value. */
const MARKS: Readonly<Record<string, (text: string) => Change>> = {
  owner,
  team: owner,
  tier,
  runbook: url,
  runbook_url: url,
  runbookUrl: url,
  "pyrra.dev/owner": owner,
  "pyrra.dev/team": owner,
  "burnline.dev/owner": owner,
  "burnline.dev/tier": tier,
  "burnline.dev/runbook-url": url,
  "burnline.dev/node": (node) => ({ node, service: null }),
  "burnline.dev/group-by": (labels) => ({ groupBy: labels.split(",").map((label) => label.trim()) }),
  "burnline.dev/on-missing": (text) => (text === "gap" || text === "bad" ? { onMissing: text } : null),
  "burnline.dev/minimum-bad-events": (text) => ({ minimumBadEvents: Number(text) }),
};
/** Read elsewhere, or said by and to Kubernetes. */
const KNOWN = /^(?:burnline\.dev\/sli-kind|(?:[a-z0-9.-]+\.)?(?:kubernetes|k8s)\.io\/.*)$/;

/**
 * Takes over what labels or annotations say; those without a counterpart are noted as warnings.
 *
 * @param at where they stand.
 */
export function applyMarks(
  draft: Draft,
  marks: Readonly<Record<string, unknown>> | undefined,
  { document, path }: Pick<Origin, "document" | "path">,
): void {
  for (const [name, value] of Object.entries(marks ?? {})) {
    const here = [...path, name];
    const mark = Object.hasOwn(MARKS, name) ? MARKS[name] : undefined;
    const change = mark && typeof value !== "object" ? mark(String(value)) : null;
    if (change) {
      Object.assign(draft.definition, change);
      for (const field of Object.keys(change)) draft.origins.push({ field: [field], document, path: here });
    } else if (!KNOWN.test(name)) {
      document.note("warning", here, `"${name}" has no counterpart here and is not taken over.`);
    }
  }
}
