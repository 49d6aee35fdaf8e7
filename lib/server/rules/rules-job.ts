import "server-only";
import type { SourceSettings } from "#lib/server/env.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { log } from "#lib/server/log.ts";
import { currentRules } from "./current-rules.ts";
import { delivery } from "./delivery.ts";
import { RefusedRules, reloadSource } from "./loaded-rules.ts";
import { putBackRuleFile, type Replaced, writeRuleFile } from "./rule-file.ts";
import { forgetRulesState, rulesSource, rulesState } from "./rules-state.ts";

const RULES_EVERY_MS = 15_000;
const RETRY_MS = 60_000;
/** A source that keeps other rules in spite of a reload reads them from elsewhere; asking it again is for when it was restarted. */
const RELOAD_AGAIN_MS = 300_000;

const now = () => new Date().toISOString();

async function reload(source: SourceSettings, signal: AbortSignal): Promise<void> {
  await reloadSource(source, signal);
  delivery().reloadedAt = now();
  forgetRulesState();
}

/** Whether what the source has is not what stands in the file. */
async function hasDrifted(): Promise<boolean> {
  const { missing, different, extra } = (await rulesState()).counts;
  return missing + different + extra > 0;
}

/** Puts back what a source had loaded when it refuses what came after: it would not start with that either. */
async function afterRefusal(folder: string, before: Replaced | null, error: unknown): Promise<unknown> {
  if (before && error instanceof RefusedRules) await putBackRuleFile(folder, before);
  return error;
}

/**
 * The job that keeps the rule file of `folder` equal to the SLOs in force and has the default source load it: at
 * once after a change, and again every five minutes while the source has other rules. Replicas may share the folder.
 */
export function rulesJob(folder: string): Job {
  let written = "";
  let reloadDue: Replaced | null = null;
  let triedAtMs = -Infinity;
  const keepUp = async (signal: AbortSignal) => {
    const { fingerprint, rules } = await currentRules(Date.now());
    const source = rulesSource();
    const mayTryAgain = source !== null && performance.now() - triedAtMs >= RELOAD_AGAIN_MS;
    const drifted = mayTryAgain && (await hasDrifted());
    // Somebody may have changed the file, too.
    const replaced = fingerprint !== written || drifted ? await writeRuleFile(folder, rules) : null;
    if (replaced) {
      // Of several writes that no source has seen yet, the first replaced what it has.
      reloadDue ??= replaced;
      delivery().writtenAt = now();
      log().info({ slos: rules.length }, "SLO rules written");
    }
    written = fingerprint;
    if (source === null || !(reloadDue || drifted)) return;
    triedAtMs = performance.now();
    const before = reloadDue;
    await reload(source, signal).catch(async (error: unknown) => {
      if (error instanceof RefusedRules) reloadDue = null;
      throw await afterRefusal(folder, before, error);
    });
    reloadDue = null;
  };
  const run = async (signal: AbortSignal) => {
    try {
      await keepUp(signal);
      delivery().error = null;
    } catch (error) {
      delivery().error = error instanceof Error ? error.message : String(error);
      throw error;
    }
    return RULES_EVERY_MS;
  };
  return { name: "SLO rules", run, retryMs: RETRY_MS };
}
