import { z } from "zod";

const TIMEOUT_MS = 5_000;
const Answer = z.object({
  data: z.object({
    result: z.array(z.object({ values: z.array(z.tuple([z.string().regex(/^\d+$/)]).rest(z.unknown())) })),
  }),
});

/**
 * The time of the newest line in a span, or its beginning when there is none; all Unix milliseconds. Rejects
 * while Loki is away.
 */
export async function newestLineMs(lokiUrl: string, fromMs: number, toMs: number): Promise<number> {
  const params = new URLSearchParams({
    query: '{node=~".+"}',
    start: `${fromMs}000000`,
    end: `${toMs}000000`,
    limit: "1",
    direction: "backward",
  });
  const url = `${lokiUrl.replace(/\/+$/, "")}/loki/api/v1/query_range?${params}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await response.text();
  if (!response.ok) throw new Error(`Loki answered ${response.status}: ${text.slice(0, 200)}`);
  const { result } = Answer.parse(JSON.parse(text)).data;
  const newestNs = result[0]?.values[0]?.[0];
  return newestNs === undefined ? fromMs : Number(BigInt(newestNs) / 1_000_000n);
}
