import "server-only";
import type { z } from "zod";
import { ExportSlo } from "#lib/contracts/slos.ts";
import { sloDashboard } from "#lib/domain/slo/rules/grafana/slo-dashboard.ts";
import type { RuleSource } from "#lib/domain/slo/rules/rule.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import { settings } from "#lib/server/env.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { type CurrentRules, currentRules } from "#lib/server/rules/current-rules.ts";
import { rulesYaml } from "#lib/server/rules/rules-yaml.ts";
import { writeBurnline } from "#lib/server/slo-code/formats/burnline/write.ts";
import { writeOpenSlo } from "#lib/server/slo-code/formats/openslo/write.ts";
import { writeSloth } from "#lib/server/slo-code/formats/sloth/write.ts";
import { requireSlo, shownDefinition } from "./visibility.ts";

type Format = z.infer<typeof ExportSlo>["format"];

const YAML = { extension: "yaml", type: "application/yaml; charset=utf-8" };
const JSON_FILE = { extension: "json", type: "application/json; charset=utf-8" };

/** What is generated of an SLO takes all that are in force: a journey's rules need those of its steps. */
async function inForce({ id, key }: SloRecord): Promise<{ source: RuleSource; current: CurrentRules }> {
  const current = await currentRules(Date.now());
  const source = current.sources.find((one) => one.id === id);
  if (!source)
    throw new AppError("invalid", `${key} is a draft; rules and dashboards are made of what is in force`);
  return { source, current };
}

/** How an SLO is written in each format. */
const WRITERS: Record<Format, (slo: SloRecord) => string | Promise<string>> = {
  openslo: (slo) => writeOpenSlo(shownDefinition(slo)).text,
  sloth: (slo) => writeSloth(shownDefinition(slo)).text,
  burnline: (slo) => writeBurnline(shownDefinition(slo)).text,
  prometheus: async (slo) => {
    const { current } = await inForce(slo);
    return rulesYaml(current.rules.filter(({ id }) => id === slo.id));
  },
  grafana: async (slo) => {
    const { source, current } = await inForce(slo);
    return `${JSON.stringify(sloDashboard(source, current.sources, settings().publicUrl), null, 2)}\n`;
  },
};

/**
 * An SLO in another format, as a file. What that cannot say stands in a comment at its top.
 * @throws `not_found`, and `invalid` for what the format has no words for at all, such as journeys
 */
export async function exportSlo(actor: Actor, input: unknown, caller: Caller): Promise<Response> {
  authorize(actor, "slos:read");
  const { id, format } = parseInput(ExportSlo, input);
  const slo = await read((tx) => requireSlo(tx, id, actor));
  const text = await WRITERS[format](slo);
  const { extension, type } = format === "grafana" ? JSON_FILE : YAML;
  const name = slo.key.replace(/[^a-z0-9-]+/gi, "-");
  const headers = new Headers(caller.answerHeaders);
  headers.set("content-type", type);
  headers.set("content-disposition", `attachment; filename="${name}.${format}.${extension}"`);
  return new Response(text, { headers });
}
