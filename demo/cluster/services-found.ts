import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { ScrapeTarget } from "./prometheus.ts";

const Answer = z.object({ data: z.object({ services: z.array(z.object({ name: z.string() })) }) });
const POLL_MS = 250;
const GIVE_UP_MS = 30_000;

/** The app, and a token that may read from it. */
interface App {
  url: string;
  token: string;
}

async function knownServices({ url, token }: App, signal: AbortSignal): Promise<Set<string>> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/api/v1/services`, { signal, headers }).catch(() => null);
  const answer = response?.ok ? Answer.safeParse(await response.json()) : null;
  return new Set(answer?.data?.data.services.map(({ name }) => name));
}

/**
 * Resolves when Burnline has found every service that is scraped: it looks for them every few seconds only.
 * Gives up after half a minute, for the rest of the page works without.
 */
export async function servicesFound(
  app: App,
  targets: readonly ScrapeTarget[],
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Set(targets.flatMap(({ labels }) => labels.service ?? []));
  const deadline = performance.now() + GIVE_UP_MS;
  while (performance.now() < deadline && !signal.aborted) {
    if (wanted.isSubsetOf(await knownServices(app, signal))) return;
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}
