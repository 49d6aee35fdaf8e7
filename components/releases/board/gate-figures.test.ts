import { expect, it } from "vitest";
import type { Dora, GateRecord } from "#lib/contracts/releases.ts";
import { doraFigures, gateFigures } from "./gate-figures.ts";

const record: GateRecord = {
  ...{ service: null, days: 90, releases: 214, mistakes: [], wentOutUncleared: 2 },
  falseApprovals: { wrong: 3, known: 160, unknown: 4 },
  falseBlocks: { wrong: 0, known: 12, unknown: 0 },
};
const said = (name: string, of: GateRecord) => gateFigures(of).find((one) => one.name === name);

it("a rate is of what is known, and what is not known is named", () => {
  expect(said("Approved, then burned", record)).toMatchObject({
    figure: "3 · 1.88 %",
    more: "of 160 known, 4 not known yet",
  });
  expect(said("Held back, would have been fine", record)).toMatchObject({ figure: "0", more: "of 12 known" });
});

it("without an outcome there is no rate, which is not a good one", () => {
  const unknown = { ...record, falseApprovals: { wrong: 0, known: 0, unknown: 7 } };
  expect(said("Approved, then burned", unknown)).toMatchObject({
    figure: "—",
    more: "none known, 7 not known yet",
  });
});

it("nothing delivered leaves dashes", () => {
  const dora: Dora = {
    ...{ service: null, days: 90, n: 0, deploysPerDay: null, leadTimeSeconds: null },
    ...{ changeFailureRatio: null, timeToRestoreSeconds: null, outcomesKnown: 0 },
  };
  expect(doraFigures(dora).map(({ figure }) => figure)).toEqual(["—", "—", "—", "—"]);
  const some = { ...dora, n: 9, deploysPerDay: 0.1, leadTimeSeconds: 5400, changeFailureRatio: 1 / 9 };
  expect(doraFigures(some).map(({ figure }) => figure)).toEqual(["0.7 a week", "90 min", "11.1 %", "—"]);
});
