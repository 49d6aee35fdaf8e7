import { isFinished } from "#lib/domain/nodes/pods.ts";
import type { ServiceState } from "#lib/domain/signals/assess-service.ts";
import type { Status } from "#lib/domain/status/status.ts";
import { clockUtc, countOf, listOf } from "#lib/domain/words/language.ts";
import type { ClusterState } from "./cluster-findings.ts";
import type { RankedFinding } from "./finding.ts";
import { isQuiet, lacksData } from "./no-data-findings.ts";
import { sourceName, type SourceState } from "./source-findings.ts";

interface Piece {
  text: string;
  status: Status | null;
}
/** "How is the cluster?" in one or two sentences, in pieces so that the bad part can be coloured. */
export interface Answer {
  status: Status;
  sentence: Piece[];
  facts: string[];
}

export interface AnswerInput extends ClusterState {
  findings: readonly RankedFinding[];
  /** Alerts that fire now; null when no source told. */
  firingAlerts: number | null;
  /** Older data stands in for a source that does not answer; the newest of it, Unix ms. */
  staleSinceMs: number | null;
  isStale: boolean;
  /** Some of what should be known could not be measured. */
  isPartial: boolean;
}

const TOLD = 3;
const BAD: readonly Status[] = ["exhausted", "critical", "warning", "attention"];

const plain = (text: string): Piece => ({ text, status: null });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Health is claimed only of what was measured now; everything else is said to be missing. */
export function answerOf(input: AnswerInput): Answer {
  const facts = factsOf(input);
  const unknown = nothingKnown(input);
  if (unknown !== null) return { status: "no_data", sentence: [{ text: unknown, status: "no_data" }], facts };
  const bad = input.findings.filter(({ status }) => BAD.includes(status));
  const gaps = gapsOf(input);
  if (bad.length === 0) return calm(input, gaps, facts);
  const told = onePerSubject(bad).slice(0, TOLD);
  const sentence = [...clauses(told), plain(`. ${restWords(bad.length - told.length, gaps)}`)];
  return { status: bad[0]!.status, sentence, facts };
}

/** The first finding about each subject: a sentence names nobody twice. */
function onePerSubject(findings: readonly RankedFinding[]): RankedFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ subject: { kind, name } }) => {
    const isNew = !seen.has(`${kind}/${name}`);
    seen.add(`${kind}/${name}`);
    return isNew;
  });
}

/** Why nothing can be said of the cluster, or null when something can. */
function nothingKnown(input: AnswerInput): string | null {
  const prometheus = input.sources.find(({ kind }) => kind === "prometheus");
  const isLost = input.isStale && prometheus?.state === "down";
  if (!isLost && hasFigures(input)) return null;
  const reason = prometheus ? silenceOf(prometheus, input) : null;
  return `Nothing is known: ${reason ?? emptiness(input, prometheus ? sourceName(prometheus) : "Prometheus")}.`;
}

function hasFigures({ services, nodes }: AnswerInput): boolean {
  const isMeasured = ({ status, signals }: ServiceState) =>
    status !== "no_data" || signals.traffic.requestsPerSecond !== null;
  return (services ?? []).some(isMeasured) || (nodes ?? []).some(({ up }) => up !== null);
}

function silenceOf(prometheus: SourceState, { staleSinceMs }: AnswerInput): string | null {
  if (prometheus.state === "not_configured") return "no Prometheus is configured";
  if (prometheus.state !== "down") return null;
  const seenMs = prometheus.lastSeenAt === null ? staleSinceMs : Date.parse(prometheus.lastSeenAt);
  return `${sourceName(prometheus)} has not answered ${seenMs === null ? "yet" : `since ${clockUtc(seenMs)}`}`;
}

function emptiness({ services, nodes }: AnswerInput, prometheus: string): string {
  if (services === null && nodes === null) return "the cluster could not be measured";
  const isEmpty = (services ?? []).length + (nodes ?? []).length === 0;
  const holds = isEmpty ? "no service and no node" : "no figures of any service or node";
  return `${prometheus} answers, but holds ${holds}`;
}

/** "a, b and c", each clause coloured by its status, its tail not. */
function clauses(findings: readonly RankedFinding[]): Piece[] {
  return findings.flatMap(({ clause, status }, index) => {
    const last = index === findings.length - 1;
    const joint = index === 0 ? "" : last ? ", and " : ", ";
    const text = index === 0 ? capitalUnlessName(clause.text) : clause.text;
    const pieces = [plain(joint), { text, status }, plain(clause.tail)];
    return pieces.filter((piece) => piece.text !== "");
  });
}

/** A sentence may begin with the name of a service, which keeps its small letter. */
function capitalUnlessName(text: string): string {
  return /^(the|pods) /.test(text) ? capital(text) : text;
}

function restWords(more: number, { missing, quiet }: Gaps): string {
  const rest = missing.length > 0 ? [] : ["The rest is inside its limits."];
  const others = more > 0 ? [`${countOf(more, "more finding")} below.`] : rest;
  return [...others, ...missing, ...quiet].join(" ");
}

/** What cannot be said to be inside its limits, as sentences. */
interface Gaps {
  /** There is no data. */
  missing: string[];
  /** There is too little of it, which is how it is with quiet services. */
  quiet: string[];
}

function gapsOf(input: AnswerInput): Gaps {
  const services = input.services ?? [];
  const silent = services.filter(lacksData).length;
  const dark = (input.nodes ?? []).filter(({ status }) => status === "no_data").length;
  const quiet = services.filter(isQuiet).length;
  const isIncomplete = input.isPartial || input.services === null || input.nodes === null;
  const missing = [
    lacking([silent > 0 && countOf(silent, "service"), dark > 0 && countOf(dark, "node")], silent + dark),
    isIncomplete && "Some of it could not be measured.",
    input.isStale && "Some of it is older data.",
  ];
  return {
    missing: missing.filter((words) => words !== false),
    quiet:
      quiet > 0
        ? [`${countOf(quiet, "service")} ${quiet === 1 ? "has" : "have"} too few requests to judge.`]
        : [],
  };
}

function lacking(groups: readonly (string | false)[], count: number): string | false {
  const named = groups.filter((words) => words !== false);
  return count > 0 && `${listOf(named)} ${count === 1 ? "lacks" : "lack"} data.`;
}

function calm({ services, nodes }: AnswerInput, { missing, quiet }: Gaps, facts: string[]): Answer {
  const groups = [
    { noun: "service", healthy: healthy(services), all: services?.length ?? 0 },
    { noun: "node", healthy: healthy(nodes), all: nodes?.length ?? 0 },
  ].filter(({ healthy: count }) => count > 0);
  const status: Status = missing.length > 0 ? "no_data" : "healthy";
  const gaps = [...missing, ...quiet].join(" ");
  if (groups.length === 0) return { status: "no_data", sentence: [{ text: gaps, status: "no_data" }], facts };
  const many = groups.length > 1 || groups.some(({ healthy: count }) => count > 1);
  const claim = capital(listOf(quantified(groups)));
  const text = many ? `${claim} are inside their limits.` : `${claim} is inside its limits.`;
  const gap = gaps ? [{ text: ` ${gaps}`, status: missing.length > 0 ? status : null }] : [];
  return { status, sentence: [{ text, status: "healthy" }, ...gap], facts };
}

const healthy = (all: readonly { status: Status }[] | null): number =>
  (all ?? []).filter(({ status }) => status === "healthy").length;

/** "all 8 services and 3 nodes", "7 of 8 services", "the node". */
function quantified(groups: readonly { noun: string; healthy: number; all: number }[]): string[] {
  return groups.map(({ noun, healthy: count, all }, index) => {
    if (count < all) return `${count} of ${all} ${noun}s`;
    if (all === 1) return `the ${noun}`;
    const previous = groups[index - 1];
    const follows = previous !== undefined && previous.healthy === previous.all && previous.all > 1;
    return `${follows ? "" : "all "}${countOf(all, noun)}`;
  });
}

function factsOf({ services, nodes, pods, firingAlerts }: AnswerInput): string[] {
  const expected = (pods ?? []).filter((pod) => !isFinished(pod) && pod.ready !== null);
  const ready = expected.filter((pod) => pod.ready === true).length;
  return [
    ...(services ? [countOf(services.length, "service")] : []),
    ...(nodes ? [countOf(nodes.length, "node")] : []),
    ...(expected.length > 0 ? [`${ready} of ${countOf(expected.length, "pod")} ready`] : []),
    ...(firingAlerts === null
      ? []
      : [firingAlerts === 0 ? "no alerts firing" : `${countOf(firingAlerts, "alert")} firing`]),
  ];
}
