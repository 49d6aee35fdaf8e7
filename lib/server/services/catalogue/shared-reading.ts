import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { read } from "#lib/server/db/client.ts";
import { findServices } from "#lib/server/db/service.repo.ts";
import { singleton } from "#lib/server/singleton.ts";
import { toCatalogueService } from "./entry.ts";

/** Every panel of every page asks for the catalogue; for so long one reading answers them all. */
const FRESH_MS = 1_000;

interface Reading {
  services: Promise<CatalogueService[]>;
  /** Infinite while the reading is under way; of the monotonic clock. */
  freshUntilMs: number;
}

function shared(): { reading: Reading | null } {
  return singleton("catalogue.reading", () => ({ reading: null }));
}

/**
 * The catalogue by name: one reading for all who ask at once or within a second. An edit of another process is
 * seen after that second. The services are shared between callers, who must not change them.
 * @throws `unavailable` when the database is out of reach, which is not kept.
 */
export function readCatalogue(): Promise<CatalogueService[]> {
  const { reading } = shared();
  if (reading && performance.now() < reading.freshUntilMs) return reading.services;
  return begin().services;
}

/** Has the next caller read anew: this process changed the catalogue. */
export function forgetCatalogue(): void {
  shared().reading = null;
}

function begin(): Reading {
  const services = read(findServices).then((records) => records.map(toCatalogueService));
  const reading: Reading = { services, freshUntilMs: Infinity };
  shared().reading = reading;
  services.then(
    () => (reading.freshUntilMs = performance.now() + FRESH_MS),
    () => (reading.freshUntilMs = 0),
  );
  return reading;
}
