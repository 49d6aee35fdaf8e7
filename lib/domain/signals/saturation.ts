import type { Level } from "#lib/domain/status/status.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import type { Verdict } from "./judge-requests.ts";
import { exceeds, SATURATION_LIMITS } from "./limits.ts";

export type Resource = "cpu" | "memory" | "disk" | "network";

/** How full one resource of a pod or node is. */
export interface Fullness {
  resource: Resource;
  subject: string;
  ratio: number | null;
}
export interface SaturationVerdict extends Verdict {
  ratio: number | null;
  resource: Resource | null;
  subject: string | null;
}

/** Over 80 % is WARNING, over 90 % CRITICAL, without a number UNKNOWN. */
export function saturationLevel(ratio: number | null): Level {
  if (ratio === null) return "UNKNOWN";
  if (exceeds(ratio, SATURATION_LIMITS.critical)) return "CRITICAL";
  return exceeds(ratio, SATURATION_LIMITS.warning) ? "WARNING" : "OK";
}

const NAME_OF_RESOURCE: Record<Resource, string> = {
  cpu: "CPU",
  memory: "memory",
  disk: "disk",
  network: "network",
};

/** The fullest resource of the fullest pod or node decides; ties go to the name that sorts first. */
export function judgeSaturation(fullness: readonly Fullness[]): SaturationVerdict {
  const known = fullness.filter((one): one is Fullness & { ratio: number } => one.ratio !== null);
  const [worst] = known.sort(
    (a, b) => b.ratio - a.ratio || a.subject.localeCompare(b.subject) || a.resource.localeCompare(b.resource),
  );
  if (!worst) {
    const reason = "no usage or no limits known";
    return { level: "UNKNOWN", reason, ratio: null, resource: null, subject: null };
  }
  const reason = `${NAME_OF_RESOURCE[worst.resource]} of ${worst.subject} at ${writeRatio(worst.ratio)}`;
  return { level: saturationLevel(worst.ratio), reason, ...worst };
}
