import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { ScrapeTarget } from "./prometheus.ts";

const Answer = z.object({ data: z.object({ services: z.array(z.object({ name: z.string() })) }) });
const POLL_MS = 250;
const GIVE_UP_MS = 30_000;

async function knownServices(appUrl: string, signal: AbortSignal): Promise<Set<string>> {
  const response = await fetch(`${appUrl}/api/v1/services`, { signal }).catch(() => null);
  const answer = response?.ok ? Answer.safeParse(await response.json()) : null;
  return new Set(answer?.data?.data.services.map(({ name }) => name));
}

/**
 * Resolves when Burnline has found every service that is scraped: it looks for them every few seconds only.
 * Gives up after half a minute, for the rest of the page works without.
 */
export async function servicesFound(
  appUrl: string,
  targets: readonly ScrapeTarget[],
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Set(targets.flatMap(({ labels }) => labels.service ?? []));
  const deadline = performance.now() + GIVE_UP_MS;
  while (performance.now() < deadline && !signal.aborted) {
    if (wanted.isSubsetOf(await knownServices(appUrl, signal))) return;
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}
