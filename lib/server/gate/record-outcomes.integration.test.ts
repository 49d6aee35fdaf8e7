import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { slotAt, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { getDora } from "#lib/server/services/releases/dora.ts";
import { getGateRecord } from "#lib/server/services/releases/outcomes.ts";
import { evaluateAll, makeSlo, writeLedger } from "#lib/server/services/slos/budget-testing.ts";
import { VIEWER } from "#lib/server/testing/actors.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { outcomesOf } from "./outcomes-of.ts";
import { recordOutcomes } from "./record-outcomes.ts";

const NOW = Date.now();
const OPEN = slotAt(NOW);
const HOUR_SLOTS = 12;
const NEVER = new AbortController().signal;
const at = (ago: number) => new Date(slotStartMs(OPEN - ago));

/** 100 requests a slot; half a percent fail for an hour that began 30 slots ago, one in a thousand in the hour before. */
const counted = (ago: number) => ({ bad: ago > 18 && ago <= 30 ? 0.5 : 0.1, total: 100 });

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  vi.stubEnv("PROMETHEUS_URL", "http://127.0.0.1:9");
  const definition = soundDefinition({ service: "checkout" });
  await makeSlo(definition);
  await writeLedger(definition, 600, NOW, counted);
  await evaluateAll(NOW, { bad: 0, total: 100 });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await disconnect();
});

async function release(id: string, service: string, ago: number) {
  await db().release.create({
    data: {
      ...{ id, service, version: id, commit: "0123abc", request: {}, state: "deployed", requestedBy: "x" },
      requestedAt: at(ago + HOUR_SLOTS),
      deployStartedAt: at(ago),
      deployFinishedAt: at(ago),
      outcomeDueAt: at(ago - HOUR_SLOTS),
    },
  });
  await db().deployment.create({
    data: {
      ...{ id, service, version: id, source: "ci", releaseId: id, gate: "cleared", state: "finished" },
      ...{ startedAt: at(ago), finishedAt: at(ago) },
    },
  });
}

it("compares the hour after a release with the hour before it, once, and asks again after a day", async () => {
  await release("burned", "checkout", 30);
  await release("calm", "checkout", 16);
  await release("blind", "unmeasured", 30);

  await recordOutcomes(NEVER);
  await recordOutcomes(NEVER);

  const outcome = async (id: string) => outcomesOf(await db().release.findUniqueOrThrow({ where: { id } }));
  // The objective is 99.9 %: 0.1 of 100 is a burn of 1, 0.5 of 100 one of 5.
  const [burned] = await outcome("burned");
  expect(burned).toMatchObject({ afterHours: 1, burned: true, alerts: 0, rolledBack: false });
  expect(burned?.burns[0]?.before).toBeCloseTo(1, 9);
  expect(burned?.burns[0]?.after).toBeCloseTo(5, 9);
  expect(await outcome("burned")).toHaveLength(1);
  expect(await outcome("calm")).toMatchObject([{ burned: false }]);
  expect(await outcome("blind")).toMatchObject([{ burned: null, burns: [] }]);
  const { outcomeDueAt } = await db().release.findUniqueOrThrow({ where: { id: "burned" } });
  expect(outcomeDueAt).toEqual(new Date(at(30).getTime() + 24 * 3_600_000));
  expect(await db().decisionRecord.count({ where: { kind: "outcome" } })).toBe(3);

  expect(await getDora(VIEWER, {})).toMatchObject({
    n: 3,
    leadTimeSeconds: 3600,
    changeFailureRatio: 1 / 3,
    outcomesKnown: 2,
  });
});

describe("how the gate did", () => {
  const evaluation = (seq: number, releaseId: string, decision: string, ago: number) =>
    db().decisionRecord.create({
      data: {
        ...{
          seq: 1_000 + seq,
          id: `e${seq}`,
          kind: "evaluation",
          releaseId,
          actorId: "x",
          decision,
          body: {},
        },
        ...{ service: releaseId === "blind" ? "unmeasured" : "checkout", at: at(ago) },
        ...{ previousHash: "", hash: "" },
      },
    });

  it("counts what it let go out that burned and what it held back that did not, by what it last said before", async () => {
    await evaluation(1, "burned", "block", 40);
    await evaluation(2, "burned", "approve", 31);
    // Said once the deploy ran: it held nothing back.
    await evaluation(3, "burned", "block", 29);
    await evaluation(4, "calm", "review", 17);
    await evaluation(5, "blind", "approve", 31);

    const record = await getGateRecord(VIEWER, { days: 1 });

    expect(record).toMatchObject({
      releases: 3,
      falseApprovals: { wrong: 1, known: 1, unknown: 1 },
      falseBlocks: { wrong: 1, known: 2, unknown: 0 },
    });
    expect(record.mistakes).toMatchObject([
      { kind: "false_block", releaseId: "calm", version: "calm" },
      { kind: "false_approval", releaseId: "burned" },
    ]);
    expect(await getGateRecord(VIEWER, { days: 1, service: "unmeasured" })).toMatchObject({
      releases: 1,
      falseApprovals: { known: 0, unknown: 1 },
      mistakes: [],
    });
  });

  it("knows nothing of services that the actor may not see", async () => {
    const confined = {
      ...VIEWER,
      confinement: [{ label: "service", operator: "=", value: "other" } as const],
    };
    expect(await getGateRecord(confined, { days: 1 })).toMatchObject({ releases: 0, mistakes: [] });
    await expect(getGateRecord(VIEWER, { days: 0 })).rejects.toMatchObject({ code: "invalid" });
  });
});
