import { z } from "zod";
import { SavedSlo, SloEntry } from "#lib/contracts/slos.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import type { Api } from "#demo/cluster/api-client.ts";
import type { RunbookUrl } from "./base.ts";
import { demoSlos } from "./demo-slos.ts";

const ADDRESS = "/api/v1/slos";
const Known = z.object({ data: z.object({ slos: z.array(SloEntry.pick({ key: true })) }) });

/**
 * Makes the demo's SLOs that are not there; what people changed stays as they left it. Journeys come last, for they
 * name the SLOs of their steps.
 * @returns how many there are; @throws Error in the app's words
 */
export async function ensureSlos(api: Api, runbookUrl: RunbookUrl): Promise<number> {
  const { data } = await api.ask(Known, "GET", ADDRESS);
  const known = new Set(data.slos.map(({ key }) => key));
  const wanted = demoSlos(runbookUrl);
  for (const definition of wanted) {
    if (!known.has(sloKey(definition))) await api.ask(SavedSlo, "POST", ADDRESS, { definition });
  }
  return wanted.length;
}
