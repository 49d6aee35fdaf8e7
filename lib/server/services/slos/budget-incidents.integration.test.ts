import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import { slotAt, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { getBudget } from "./budget.ts";
import { evaluateAll, makeSlo, writeLedger } from "./budget-testing.ts";
import { getSpend } from "./spend.ts";

const NOW = Date.now();
const OPEN = slotAt(NOW);
/** 100 requests a slot for 30 days, a budget of 864: one outage of ten slots at 20, one of five at 40, and 44 beside. */
const counted = (ago: number) => {
  if (ago > 90 && ago <= 100) return { bad: 20, total: 100 };
  if (ago > 45 && ago <= 50) return { bad: 40, total: 100 };
  return { bad: ago === 200 ? 44 : 0, total: 100 };
};

async function incident(id: string, service: string | null, fromAgo: number, toAgo: number | null) {
  const at = (ago: number) => new Date(slotStartMs(OPEN - ago));
  await db().incident.create({
    data: {
      ...{ id, title: "Down", severity: "P1", phase: "LEARN", origin: "manual", service },
      startedAt: at(fromAgo),
      detectedAt: new Date(at(fromAgo).getTime() + 60_000),
      resolvedAt: toAgo === null ? null : at(toAgo),
    },
  });
}

let disconnect: () => Promise<void>;
let slo: string;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  // Nobody answers there: what incidents spent is in the ledger.
  vi.stubEnv("PROMETHEUS_URL", "http://127.0.0.1:9");
  const definition = soundDefinition({ service: "checkout" });
  slo = await makeSlo(definition);
  await writeLedger(definition, 8639, NOW, counted);
  await evaluateAll(NOW, { bad: 0, total: 100 });
  await incident("INC-long", "checkout", 100, 90);
  await incident("INC-elsewhere", "other", 100, 90);
  // Begins within the first one's time and outlasts it: what both saw is the first one's.
  await incident("INC-overlap", "checkout", 95, 88);
  await incident("INC-by-alert", null, 50, 45);
  await incident("INC-old", "checkout", 9000, 8990);
  await db().alertOccurrence.create({
    data: {
      ...{ source: "alertmanager", fingerprint: "f", incidentId: "INC-by-alert", annotations: {} },
      startsAt: new Date(slotStartMs(OPEN - 50)),
      lastSeenAt: new Date(NOW),
      labels: { [KEY_LABEL]: "checkout/availability" },
    },
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await disconnect();
});

describe("what incidents cost a budget", () => {
  it("is 200 each of the 444 that are gone; the rest went while there was none", async () => {
    const { data } = await getSpend(VIEWER, { id: slo, by: "incident" }, testCaller());
    expect(data.unsplittableReason).toBeNull();
    expect(data.parts.map(({ name, bad }) => [name, bad])).toEqual([
      ["INC-by-alert", 200],
      ["INC-long", 200],
      [null, 44],
    ]);
    expect(data.parts[0]!.budgetConsumedRatio).toBeCloseTo(200 / 864, 6);
    expect(data.parts[0]!.errorRatio).toBeCloseTo(0.4, 6);
    const consumed = data.parts.reduce((sum, part) => sum + (part.budgetConsumedRatio ?? 0), 0);
    expect(consumed).toBeCloseTo(444 / 864, 6);
  });

  it("is marked on its graphs", async () => {
    const { data } = await getBudget(VIEWER, { id: slo }, testCaller());
    const marks = data.annotations.filter(({ kind }) => kind === "incident");
    expect(marks.map(({ text }) => text)).toEqual([
      "INC-long P1 Down, spent 23.1 % of the budget",
      "INC-overlap P1 Down",
      "INC-by-alert P1 Down, spent 23.1 % of the budget",
    ]);
    expect(marks[0]).toMatchObject({
      atMs: slotStartMs(OPEN - 100),
      untilMs: slotStartMs(OPEN - 90),
    });
  });
});
