import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { QUERY_LIMITS } from "../limits.ts";
import { startFakeUpstream, type FakeUpstream } from "../testing/fake-upstream.ts";
import { getAlerts, getVersion, type AlertmanagerCall } from "./client.ts";

const recorded = readFileSync(new URL("./fixtures/alerts-0.25.json", import.meta.url), "utf8");
let upstream: FakeUpstream;
let call: AlertmanagerCall;
beforeEach(async () => {
  upstream = await startFakeUpstream("alertmanager", () => ({ body: recorded }));
  call = { source: upstream.source, signal: new AbortController().signal, limits: QUERY_LIMITS };
});
afterEach(() => upstream.close());

test("alerts recorded from Alertmanager 0.25: an inhibited one is suppressed", async () => {
  const { data } = await getAlerts(call);
  expect(data).toHaveLength(7);
  expect(data[0]).toEqual({
    fingerprint: "00fab8c34ade898a",
    labels: { alertname: "NodeDown", instance: "n1" },
    annotations: {},
    state: "firing",
    startedAt: "2026-11-20T22:00:57.042Z",
  });
  expect(data.filter((alert) => alert.state === "suppressed").map((alert) => alert.labels.alertname)).toEqual(
    ["Disk"],
  );
  expect(upstream.requests[0]?.path).toBe("/api/v2/alerts");
});

test.each([
  [{ status: 400, body: '"bad matcher"' }, "upstream_error", "refused", '"bad matcher"'],
  [{ status: 503, contentType: "text/plain", body: "starting" }, "upstream_unavailable", "down", "starting"],
  [{ status: 429, contentType: "text/plain", body: "slowly" }, "upstream_unavailable", "slow", "slowly"],
  [{ body: "<html>" }, "upstream_error", "foreign", "<html>"],
  [{ body: '[{"labels":{}}]' }, "upstream_error", "foreign", "HTTP 200"],
])("%j is %s", async (reply, code, fault, words) => {
  upstream.answer = () => reply;
  await expect(getAlerts(call)).rejects.toMatchObject({
    code,
    fault,
    message: expect.stringContaining(words) as string,
  });
});

test("the version", async () => {
  upstream.answer = () => ({ body: JSON.stringify({ versionInfo: { version: "0.25.0" }, cluster: {} }) });
  expect(await getVersion(call)).toBe("0.25.0");
});
