import { clsx } from "clsx";
import { Flame } from "lucide-react";
import type { Incident } from "#lib/contracts/incidents.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { Age } from "#components/shell/moment.tsx";
import { SeverityChip } from "#components/shell/severity-chip.tsx";
import { Link } from "#components/ui/link.tsx";
import { lastedWords, personWords } from "../incident-words.ts";
import { PhaseWord } from "../phase-word.tsx";
import { ResponseClock } from "../response-clock.tsx";

/** The grid that rows and their heading share. */
const COLUMNS =
  "lg:grid lg:grid-cols-[30px_minmax(180px,1fr)_minmax(90px,150px)_84px_92px_minmax(90px,140px)_76px_138px] lg:items-center lg:gap-x-3";

const HEADS = ["", "Incident", "About", "Phase", "Detected", "Commander", "Alerts", ""];

/** The heading of the columns, where there is room for them. */
export function IncidentListHead() {
  return (
    <div aria-hidden="true" className={clsx("text-small text-faint pb-1 max-lg:hidden", COLUMNS)}>
      {HEADS.map((head, index) => (
        <span key={`${index} ${head}`}>{head}</span>
      ))}
    </div>
  );
}

/** One incident; on phones the few lines that one has to know. */
export function IncidentRow({ incident }: { incident: Incident }) {
  const { id, title, severity, open } = incident;
  return (
    <li
      className={clsx(
        "border-line-soft hover:bg-raised/50 focus-within:bg-raised/50 relative border-t py-2 lg:min-h-11",
        "max-lg:flex max-lg:flex-wrap max-lg:items-start max-lg:gap-x-3 max-lg:gap-y-1.5",
        COLUMNS,
      )}
    >
      <SeverityChip severity={severity} />
      <span className="min-w-0 max-lg:flex-1 max-lg:basis-[calc(100%-60px)]">
        <Link
          href={`/incidents/${encodeURIComponent(id)}`}
          data-row-link=""
          className={clsx(
            "rounded-chip font-medium break-words after:absolute after:inset-0 after:content-['']",
            !open && "text-dim",
          )}
        >
          {harmlessText(title)}
        </Link>
        <span className="text-small text-faint block">{id}</span>
      </span>
      <About incident={incident} />
      <PhaseWord phase={incident.phase} closed={incident.closedAt !== null} />
      <span className="text-dim">
        <Age at={incident.detectedAt} />
      </span>
      <Commander incident={incident} />
      <Firing count={incident.firingAlerts} />
      <span className="lg:text-right">
        {open ? (
          <ResponseClock respondBy={incident.respondBy} />
        ) : (
          <span className="text-small text-faint">{lastedWords(incident)}</span>
        )}
      </span>
    </li>
  );
}

function About({ incident: { service, node } }: { incident: Incident }) {
  if (service === null && node === null) return <span className="max-lg:hidden" />;
  return (
    <span className="text-dim min-w-0 truncate">
      {service !== null && <EntityLink kind="services" name={service} />}
      {service !== null && node !== null && ", "}
      {node !== null && <EntityLink kind="nodes" name={node} />}
    </span>
  );
}

function Commander({ incident: { roles, open } }: { incident: Incident }) {
  if (roles.commander) return <bdi className="text-dim min-w-0 truncate">{personWords(roles.commander)}</bdi>;
  if (!open) return <span className="text-faint max-lg:hidden">nobody</span>;
  return <span className="text-warning">no commander</span>;
}

function Firing({ count }: { count: number }) {
  if (count === 0) return <span className="text-faint max-lg:hidden">none</span>;
  return (
    <span className="text-critical inline-flex items-center gap-1 whitespace-nowrap">
      <Flame size={12} aria-hidden="true" />
      {count} firing
    </span>
  );
}
