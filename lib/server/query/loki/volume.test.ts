import { afterEach, beforeEach, expect, it } from "vitest";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { type FakeUpstream, startFakeUpstream } from "../testing/fake-upstream.ts";
import { logVolume } from "./volume.ts";

const RANGE = { fromMs: 1_795_208_400_000, toMs: 1_795_212_000_000, stepSeconds: 60 };
const counted = (seconds: number) =>
  JSON.stringify({
    status: "success",
    data: {
      resultType: "matrix",
      result: [{ metric: { detected_level: "error" }, values: [[seconds, "3"]] }],
    },
  });

let upstream: FakeUpstream;
beforeEach(async () => {
  upstream = await startFakeUpstream("loki", () => ({ body: counted(1_795_208_460) }));
});
afterEach(() => upstream.close());

const ask = (movedMs = 0) => {
  const range = { ...RANGE, fromMs: RANGE.fromMs + movedMs, toMs: RANGE.toMs + movedMs };
  const context = { actor: ADMIN, signal: new AbortController().signal };
  return logVolume(context, '{service="api"}', range, [upstream.source]);
};

it("counts the step before a point", async () => {
  const { data } = await ask();
  expect(data).toMatchObject({ startSeconds: 1_795_208_400, stepSeconds: 60 });
  expect(data.levels).toEqual([{ level: "error", lines: [3, ...Array<null>(59).fill(null)] }]);
});

it("shows what was counted last, marked stale, while Loki is away, and not that of another hour", async () => {
  await ask();
  upstream.answer = () => ({ status: 503, contentType: "text/plain", body: "starting" });
  expect(await ask(120_000)).toMatchObject({ stale: true, data: { startSeconds: 1_795_208_400 } });
  await expect(ask(-3_600_000)).rejects.toMatchObject({ code: "upstream_unavailable" });
});
