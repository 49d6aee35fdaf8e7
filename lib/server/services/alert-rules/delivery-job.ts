import "server-only";
import { findRulesInForce } from "#lib/server/db/alert-rule.repo.ts";
import { read } from "#lib/server/db/client.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { log } from "#lib/server/log.ts";
import { reloadSource } from "#lib/server/rules/loaded-rules.ts";
import { putBackRuleFile, writeWhole } from "#lib/server/rules/rule-file.ts";
import { rulesSource } from "#lib/server/rules/rules-state.ts";
import { ALERT_FILE, ruleFileText } from "./rule-file.ts";

const EVERY_MS = 5_000;
const RETRY_MS = 60_000;

/**
 * The job that keeps `burnline-alerts.yml` of `folder` equal to the rules in force, and has the default source load it
 * after a change; what the source refuses is put back, so that it still starts. Replicas may share the folder.
 */
export function alertRulesJob(folder: string): Job {
  /** What the source refused is not tried again until it changes. */
  let refused = "";
  const run = async (signal: AbortSignal) => {
    const rules = await read(findRulesInForce);
    const text = ruleFileText(rules);
    const replaced = text === refused ? null : await writeWhole(folder, ALERT_FILE, text);
    if (!replaced) return EVERY_MS;
    log().info({ rules: rules.length }, "alert rules written");
    const source = rulesSource();
    if (source === null) return EVERY_MS;
    try {
      await reloadSource(source, signal);
    } catch (error) {
      // Out of reach it will read the file when it starts; only what it refuses is at fault.
      if (!(error instanceof AppError) || error.code !== "upstream_error") throw error;
      refused = text;
      await putBackRuleFile(folder, replaced, ALERT_FILE);
      throw error;
    }
    return EVERY_MS;
  };
  return { name: "alert rules", run, retryMs: RETRY_MS };
}
