import { clockUtc } from "#lib/domain/words/language.ts";
import { type RankedFinding, URGENCY } from "./finding.ts";

/** A source as its lamp shows it. */
export interface SourceState {
  kind: "prometheus" | "loki" | "alertmanager" | "database";
  name: string;
  state: "ok" | "slow" | "down" | "not_configured";
  lastSeenAt: string | null;
  error: string | null;
}

const NAMES: Record<SourceState["kind"], string> = {
  prometheus: "Prometheus",
  loki: "Loki",
  alertmanager: "Alertmanager",
  database: "the database",
};
const LOST: Record<SourceState["kind"], string> = {
  prometheus: "nothing new is measured",
  loki: "there are no new log lines",
  alertmanager: "nobody is told of alerts",
  database: "nothing can be kept",
};

/** How a source is called: its kind, and its name where it is not the only one. */
export function sourceName({ kind, name }: Pick<SourceState, "kind" | "name">): string {
  return name === "default" ? NAMES[kind] : `${NAMES[kind]} ${name}`;
}

/** One finding per source that is down. */
export function sourceFindings(sources: readonly SourceState[]): RankedFinding[] {
  return sources
    .filter(({ state }) => state === "down")
    .map((source) => {
      const name = sourceName(source);
      const since = source.lastSeenAt === null ? "" : ` since ${clockUtc(Date.parse(source.lastSeenAt))}`;
      const vital = source.kind === "prometheus" || source.kind === "database";
      const title = `${name} has not answered${since}`;
      return {
        id: `source/${source.kind}/${source.name}`,
        status: vital ? "critical" : "warning",
        subject: { kind: "source", name: `${source.kind}/${source.name}` },
        title: title.charAt(0).toUpperCase() + title.slice(1),
        reason: source.error
          ? `${source.error}; ${LOST[source.kind]}.`
          : `While it is away ${LOST[source.kind]}.`,
        nextStep: `Check that ${name} runs and can be reached from here.`,
        urgency: URGENCY.sourceDown,
        clause: { text: `${name} does not answer`, tail: since },
      };
    });
}
