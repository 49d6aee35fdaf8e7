import "server-only";
import { parseArgs } from "node:util";
import { EvaluateGate } from "#lib/contracts/gate.ts";
import { type Address, UsageError } from "./address.ts";

export const HELP = `usage: npm run gate -- --service S [--risk low|medium|high] [--version V --commit C]
         [--lane security=ADVISORY|p1_fix=INCIDENT|rollback]
         [--lines N] [--migration yes|no] [--rollback yes|no]
         [--wait MINUTES] [--json] [--allow-on-error]

Asks Burnline's release gate whether a change may go out, and ends with its answer.
  --risk             what the change is declared as; the gate takes it for no less than it scores
  --version, --commit  what is to go out; with both it becomes a release that people can approve
  --wait MINUTES     go on asking for so long until the release is approved; needs a version
  --json             print the gate's answer alone
  --allow-on-error   let a change out when the gate cannot be asked; without it nothing goes out then
  --url URL          Burnline's address, or BURNLINE_URL
  --token-file FILE  a file with an API token, or its name in BURNLINE_TOKEN_FILE, or the token in BURNLINE_TOKEN

exit codes: 0 approve; 10 review; 11 defer; 20 block; 30 insufficient data, or no answer; 2 wrong usage`;

/** What the words of the command line ask for. */
export interface Question {
  body: EvaluateGate;
  at: Address;
  waitMs: number;
  json: boolean;
  allowOnError: boolean;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const OPTIONS = {
  ...{ service: text, risk: text, version: text, commit: text, lane: text },
  ...{ lines: text, migration: text, rollback: text, wait: text, url: text, "token-file": text },
  ...{ json: flag, "allow-on-error": flag },
} as const;

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function wholeNumber(name: string, given: string | undefined, max: number): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d{1,9}$/.test(given) || Number(given) > max)
    throw new UsageError(`--${name} is a whole number up to ${max}`);
  return Number(given);
}

function yesOrNo(name: string, given: string | undefined): boolean | undefined {
  if (given === undefined) return undefined;
  if (given !== "yes" && given !== "no") throw new UsageError(`--${name} is yes or no`);
  return given === "yes";
}

function readLane(given: string | undefined): object | undefined {
  if (given === undefined) return undefined;
  const [, kind, evidence] = /^([^=]*)(?:=(.*))?$/s.exec(given) ?? [];
  if (kind === "rollback" && evidence === undefined) return { kind };
  if (kind === "security" && evidence) return { kind, advisory: evidence };
  if (kind === "p1_fix" && evidence) return { kind, incident: evidence };
  throw new UsageError("--lane is security=ADVISORY, p1_fix=INCIDENT or rollback");
}

const OPTION_OF: Readonly<Record<string, string>> = { declaredRisk: "risk", "change.linesChanged": "lines" };
const MOST_WAIT_MINUTES = 24 * 60;

/** @throws UsageError for what is no question */
export function understand(words: readonly string[]): Question {
  const values = parse(words);
  const { service, risk, version, commit } = values;
  if (service === undefined) throw new UsageError("--service is missing");
  const waitMinutes = wholeNumber("wait", values.wait, MOST_WAIT_MINUTES);
  const change = {
    linesChanged: wholeNumber("lines", values.lines, 100_000_000),
    migration: yesOrNo("migration", values.migration),
    rollbackReady: yesOrNo("rollback", values.rollback),
  };
  const asked = { service, declaredRisk: risk, version, commit, change, lane: readLane(values.lane) };
  const body = EvaluateGate.safeParse({ ...asked, wait: waitMinutes !== undefined });
  if (!body.success) {
    const [issue] = body.error.issues;
    const field = issue?.path.join(".") ?? "";
    throw new UsageError(`--${OPTION_OF[field] ?? field}: ${issue?.message ?? "is wrong"}`);
  }
  return {
    body: body.data,
    at: { url: values.url, tokenFile: values["token-file"] },
    waitMs: (waitMinutes ?? 0) * 60_000,
    json: values.json ?? false,
    allowOnError: values["allow-on-error"] ?? false,
  };
}
