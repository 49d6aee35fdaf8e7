import "server-only";
import { z } from "zod";
import { askAny, askFor, askForOptional, type Fact, type Questioning } from "./question.ts";

const BuildInfo = z.object({ version: z.string() });
/** An empty store answers without `data`. */
const Labels = z.object({ status: z.literal("success"), data: z.array(z.string()).default([]) });
const HOUR_NS = 3_600_000_000_000n;
const WORDS_LENGTH = 100;

function lastHour(): Record<string, string> {
  const endNs = BigInt(Date.now()) * 1_000_000n;
  return { start: String(endNs - HOUR_NS), end: String(endNs) };
}

/** For 15 s after a start it is not ready, while queries work already. */
function askReady(questioning: Questioning): Promise<Fact> {
  return askAny(questioning, "/ready", ({ status, text }) => {
    const words = text.replace(/\s+/g, " ").trim().slice(0, WORDS_LENGTH);
    const value = status === 200 ? "yes" : status === 503 && words ? words : "not told";
    return { label: "Ready", value };
  });
}

/** What a Loki says of itself. Labels come first: they alone need the credentials and the tenant. */
export async function lokiFacts(questioning: Questioning): Promise<{ latencyMs: number; facts: Fact[] }> {
  const labels = await askFor(questioning, "/loki/api/v1/labels", Labels, lastHour());
  const [build, ready] = await Promise.all([
    askForOptional(questioning, "/loki/api/v1/status/buildinfo", BuildInfo),
    askReady(questioning),
  ]);
  const count = labels.data.data.length;
  const facts = [
    build && { label: "Version", value: `Loki ${build.data.version}` },
    ready,
    { label: "Labels in the last hour", value: count === 0 ? "none: nothing was logged" : String(count) },
  ];
  return { latencyMs: labels.latencyMs, facts: facts.filter((fact) => fact !== null) };
}
