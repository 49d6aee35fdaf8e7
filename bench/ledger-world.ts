import { randomUUID } from "node:crypto";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { WHOLE } from "#lib/domain/slo/definition/groups.ts";
import { templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { daySums } from "#lib/domain/slo/slots/days.ts";
import { dayOfSlot, DAY_MS, SLOTS_PER_DAY, slotAt } from "#lib/domain/slo/slots/slot.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { saveLedgerRows } from "#lib/server/db/ledger.repo.ts";
import { saveProgress } from "#lib/server/db/measure.repo.ts";
import { findSlo, insertSlo } from "#lib/server/db/slo.repo.ts";
import { measureId } from "#lib/server/ledger/measure-id.ts";
import type { SloInForce } from "#lib/server/ledger/in-force.ts";
import { putInForce } from "#lib/server/services/slos/put-in-force.ts";
import type { WrittenSeries } from "#lib/server/testing/write-series.ts";

const BATCH = 50;
const PER_SECOND = 20;
const FAILED_SHARE = 0.0005;

/** The SLOs an API has by default. */
export function definitionsOf(service: string): SloDefinition[] {
  const subject = { service, owner: null, tier: null, runbookUrl: null, names: METRIC_PRESETS.prometheus };
  return templateDefinitions("api", subject);
}

/** The counters of one instance of a service, a route per figure asked for. */
export function seriesOf(service: string, routes: number, startMs: number): WrittenSeries[] {
  const counter = (name: string, labels: Record<string, string>, share: number): WrittenSeries => ({
    name,
    labels: { job: "bench", instance: `${service}:1`, service, ...labels },
    valueAt: (tMs) => ((tMs - startMs) / 1000 + 1_000) * (PER_SECOND / routes) * share,
  });
  return Array.from({ length: routes }, (_, at) => `/route-${at}`).flatMap((route) => [
    counter("http_requests_total", { route, status: "200" }, 1 - FAILED_SHARE),
    counter("http_requests_total", { route, status: "500" }, FAILED_SHARE),
    counter("http_request_duration_seconds_count", { route }, 1),
    counter("http_request_duration_seconds_bucket", { route, le: "0.5" }, 0.99),
    counter("http_request_duration_seconds_bucket", { route, le: "+Inf" }, 1),
  ]);
}

async function saveSlo(tx: Transaction, definition: SloDefinition, now: Date): Promise<SloInForce> {
  const id = randomUUID();
  const key = sloKey(definition);
  await insertSlo(tx, { id, key, source: "ui" });
  const slo = await findSlo(tx, id);
  if (!slo) throw new Error(`${key} was not saved`);
  const version = await putInForce(tx, slo, definition, { actorId: "bench", reason: null, now });
  const measure = measureOf(definition);
  return { id, key, version, definition, measureId: measure && measureId(measure) };
}

/** Puts definitions in force. */
export async function saveSlos(definitions: readonly SloDefinition[], now: Date): Promise<SloInForce[]> {
  const saved: SloInForce[] = [];
  for (const definition of definitions) saved.push(await transaction((tx) => saveSlo(tx, definition, now)));
  return saved;
}

function dayRow(measure: string, day: number, slots: number) {
  const bad = new Float64Array(SLOTS_PER_DAY).fill(NaN);
  const total = new Float64Array(SLOTS_PER_DAY).fill(NaN);
  for (let at = 0; at < slots; at += 1) {
    total[at] = PER_SECOND * 300 + at;
    bad[at] = ((day + at) % 7) * 0.5;
  }
  return { measureId: measure, groupKey: WHOLE, day, bad, total, sums: daySums(bad, total), revision: 0 };
}

/** A world takes its time on a busy machine. */
const WRITE_TIMEOUT_MS = 60_000;

/** Writes days of history for SLOs, up to the open slot. */
export async function writeHistory(slos: readonly SloInForce[], days: number, nowMs: number): Promise<void> {
  const openSlot = slotAt(nowMs);
  const today = dayOfSlot(openSlot);
  for (let first = 0; first < slos.length; first += BATCH) {
    const batch = slos.slice(first, first + BATCH).flatMap(({ measureId: id }) => (id === null ? [] : [id]));
    const rows = batch.flatMap((id) =>
      Array.from({ length: days + 1 }, (_, back) =>
        dayRow(id, today - back, back === 0 ? openSlot - today * SLOTS_PER_DAY : SLOTS_PER_DAY),
      ),
    );
    const backfillTo = slotAt(nowMs - (days + 1) * DAY_MS) - SLOTS_PER_DAY;
    await transaction(async (tx) => {
      await saveLedgerRows(tx, rows);
      await saveProgress(
        tx,
        batch.map((id) => ({ id, backfillTo })),
      );
    }, WRITE_TIMEOUT_MS);
  }
}
