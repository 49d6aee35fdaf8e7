import "server-only";
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { ImportAnswer } from "#lib/contracts/slos.ts";
import { readSloCode } from "#lib/server/slo-code/read-slo-code.ts";
import type { Problem, SourceFile } from "#lib/server/slo-code/source/problem.ts";
import { UsageError } from "./address.ts";
import { joinFiles } from "./slo-files.ts";
import type { ListedSlo, SloApi } from "./slo-api.ts";
import type { Command, ExportFormat } from "./slo-words.ts";

/** What became of a command: lines for the terminal and the exit code. */
export interface Outcome {
  code: number;
  /** What was asked for. */
  out: string[];
  /** What is wrong, or to be known beside it. */
  notes: string[];
}

export const EXIT = { ok: 0, different: 1, invalid: 2, refused: 3 } as const;

function problemLine(
  problem: Pick<Problem, "file" | "line" | "column" | "path" | "message">,
  severity: string,
) {
  const { file, line, column, path, message } = problem;
  return `${file}:${line}:${column}: ${severity}: ${path === "" ? "" : `${path}: `}${message}`;
}

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? "" : "s"}`;
}

/** Checks files without Burnline: shape, meaning and queries; keys that are taken and steps of journeys it cannot know. */
export function validate(files: readonly SourceFile[]): Outcome {
  const { definitions, problems } = readSloCode(files);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const sum = [
    count(definitions.length, "SLO"),
    count(errors, "error"),
    count(problems.length - errors, "warning"),
  ];
  return {
    code: errors > 0 ? EXIT.invalid : EXIT.ok,
    out: [sum.join(", ")],
    notes: problems.map((problem) => problemLine(problem, problem.severity)),
  };
}

const SIGNS = { create: "+", update: "~", same: "=" } as const;

function changeLines({ changes }: ImportAnswer): string[] {
  return changes.flatMap(({ key, change, differences }) => [
    `${SIGNS[change]} ${key}`,
    ...differences.map(
      ({ path, before, after }) => `    ${path}: ${before || "(none)"} → ${after || "(none)"}`,
    ),
  ]);
}

function sumLine({ changes, dryRun }: ImportAnswer): string {
  const of = (wanted: string) => changes.filter(({ change }) => change === wanted).length;
  const verb = dryRun ? "to make" : "made";
  return `${of("create")} ${verb}, ${of("update")} ${dryRun ? "to change" : "changed"}, ${of("same")} the same`;
}

/** Sends files to Burnline; with `dryRun` it only tells what would change. */
export async function send(
  api: SloApi,
  files: readonly SourceFile[],
  { dryRun, reason }: { dryRun: boolean; reason: string | undefined },
): Promise<Outcome & { isDifferent: boolean }> {
  const local = validate(files);
  if (local.code !== EXIT.ok) return { ...local, isDifferent: false };
  const { text, placeOf } = joinFiles(files);
  const answer = await api.importText(text, dryRun, reason);
  const isDifferent = answer.changes.some(({ change }) => change !== "same");
  const problems = answer.problems.map((problem) =>
    problemLine({ ...problem, ...placeOf(problem.line) }, "error"),
  );
  if (problems.length > 0)
    return {
      code: EXIT.invalid,
      out: ["nothing was changed"],
      notes: [...local.notes, ...problems],
      isDifferent,
    };
  return { code: EXIT.ok, out: [...changeLines(answer), sumLine(answer)], notes: local.notes, isDifferent };
}

const Rules = z.object({ groups: z.array(z.unknown()).nullable() });

/** Rule files as one: Prometheus reads a single document. */
function joinRules(texts: readonly string[]): string {
  if (texts.length === 1) return texts.join("");
  return stringify(
    { groups: texts.flatMap((text) => Rules.parse(parse(text)).groups ?? []) },
    { lineWidth: 0 },
  );
}

function joinTexts(format: ExportFormat, texts: readonly string[]): string {
  if (format === "prometheus") return joinRules(texts);
  if (format !== "grafana") return texts.join("---\n");
  if (texts.length > 1)
    throw new UsageError(`a dashboard shows one SLO, these are ${texts.length}; name one with --slo`);
  return texts.join("");
}

/** Writes SLOs in a format; those that it has no words for are noted and left out. */
export async function exportSlos(
  api: SloApi,
  { format, service, slo }: Extract<Command, { verb: "export" }>,
  isRejection: (error: unknown) => error is Error,
): Promise<Outcome> {
  const isWanted = (one: ListedSlo) =>
    (service === undefined || one.service === service) && (slo === undefined || one.key === slo);
  const wanted = (await api.list(service)).filter(isWanted).sort((a, b) => (a.key < b.key ? -1 : 1));
  if (wanted.length === 0) throw new UsageError("there is no such SLO");
  const texts: string[] = [];
  const notes: string[] = [];
  for (const { id, key } of wanted) {
    try {
      texts.push(await api.exportSlo(id, format));
    } catch (error) {
      if (!isRejection(error)) throw error;
      notes.push(`${key}: left out: ${error.message}`);
    }
  }
  return { code: EXIT.ok, out: [joinTexts(format, texts).trimEnd()], notes };
}
