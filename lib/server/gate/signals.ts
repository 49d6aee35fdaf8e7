import "server-only";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import type { GateFacts } from "#lib/domain/gate/facts.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { measureServices } from "#lib/server/services/services/measure-services.ts";
import { sharedReading } from "#lib/server/shared-reading.ts";
import { singleton } from "#lib/server/singleton.ts";

/** The signals of all services cost one question, and two hundred decisions a second share its answer. */
const FRESH_MS = 10_000;
const PATIENCE_MS = 10_000;

const SIGNALS = sharedReading(
  "gate.signals",
  async () => {
    const context = { actor: SYSTEM_ACTOR, signal: AbortSignal.timeout(PATIENCE_MS) };
    const request = { catalogue: await readCatalogue(), scope: "all", nowMs: Date.now() } as const;
    const { data, asOf, stale, warnings } = await measureServices(context, request);
    return {
      byName: new Map(data.map((service) => [service.name, service])),
      asOfMs: asOf === null ? null : Date.parse(asOf),
      trouble: stale ? (warnings[0] ?? "older data is shown") : null,
    };
  },
  FRESH_MS,
);

const answersRequests = ({ kind, batch }: ServiceHealth) => kind !== "batch" && batch === null;

interface Reading {
  byName: ReadonlyMap<string, ServiceHealth>;
  asOfMs: number | null;
  /** Why it is no news: what the source said last stands in. */
  trouble: string | null;
}

const lastReading = (): { reading: Reading | null } =>
  singleton("gate.last-signals", () => ({ reading: null }));

/** The newest reading there is. One that fails is replaced by the one before, with the reason. */
async function readSignals(): Promise<Reading> {
  const last = lastReading();
  try {
    last.reading = await SIGNALS.read();
  } catch (error) {
    if (!last.reading) throw error;
    last.reading = { ...last.reading, trouble: error instanceof Error ? error.message : String(error) };
  }
  return last.reading;
}

/**
 * What the errors signal of a service says; null, with the reason, when it could not be asked for. `bridging` lets the
 * reading before stand in, as old as it is: a hiccup of the source takes no approval back, and gives none.
 */
export async function errorsOf(
  service: string,
  { bridging }: { bridging: boolean },
): Promise<Pick<GateFacts, "errors" | "errorsUnread">> {
  try {
    const { byName, asOfMs, trouble } = await readSignals();
    if (trouble !== null && !bridging) return { errors: null, errorsUnread: trouble };
    const found = byName.get(service);
    if (!found) return { errors: { level: "UNKNOWN", asOfMs } };
    if (!answersRequests(found)) return { errors: { level: "not_measured", asOfMs } };
    return { errors: { level: found.signals.errors.level, asOfMs } };
  } catch (error) {
    return { errors: null, errorsUnread: error instanceof Error ? error.message : String(error) };
  }
}
