import type { ReactNode } from "react";
import type { Release, ReleaseDetail } from "#lib/contracts/releases.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { webAddress } from "#lib/client/web-address.ts";
import { Card } from "#components/shell/card.tsx";
import { Age } from "#components/shell/moment.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { Link } from "#components/ui/link.tsx";

/** What people said, what is changed, and what became of it. */
export function SaidCard({ release }: { release: ReleaseDetail }) {
  const { approvals, change, outcomes, id, deployStartedAt, deployFinishedAt } = release;
  const { summary, links = [] } = change;
  return (
    <Card
      title="Said and done"
      aside={
        <Link
          href={`/releases/decisions?release=${encodeURIComponent(id)}`}
          className="text-accent hover:underline"
        >
          whole record
        </Link>
      }
    >
      <ul>
        {summary !== undefined && <Line>{harmlessText(summary)}</Line>}
        {links.map((link) => (
          <Line key={link}>
            <ChangeLink link={link} />
          </Line>
        ))}
        {approvals.map((approval) => (
          <Said key={approval.id} approval={approval} />
        ))}
        {deployStartedAt !== null && (
          <Line>
            Deploy started <Age at={deployStartedAt} />
          </Line>
        )}
        {deployFinishedAt !== null && (
          <Line>
            Deploy ended <Age at={deployFinishedAt} />
          </Line>
        )}
        {outcomes.map((outcome) => (
          <After key={outcome.afterHours} outcome={outcome} />
        ))}
      </ul>
      {approvals.length === 0 && <p className="text-dim py-2">Nobody has said yes or no yet.</p>}
    </Card>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <li className="border-line-soft border-t py-2 break-words first:border-t-0">{children}</li>;
}

function ChangeLink({ link }: { link: string }) {
  const href = webAddress(link);
  if (href === null) return <>{harmlessText(link)}</>;
  return (
    <a href={href} rel="noreferrer" target="_blank" className="text-accent break-all hover:underline">
      {harmlessText(link)}
    </a>
  );
}

function Said({ approval }: { approval: Release["approvals"][number] }) {
  const { kind, verdict, reason, by, at, stale } = approval;
  const yes = kind === "override" ? "agreed to an override" : "approved";
  return (
    <Line>
      <span className={stale ? "text-faint" : ""}>
        <span className="inline-flex items-center gap-1.5">
          <StatusIcon status={verdict === "approved" ? "healthy" : "exhausted"} />
          <bdi className="font-medium">{by.name ?? "somebody unknown"}</bdi>
        </span>{" "}
        {verdict === "approved" ? yes : "said no"} <Age at={at} />
        {stale && ", to an earlier decision"}
        <span className="text-dim block">{harmlessText(reason)}</span>
      </span>
    </Line>
  );
}

function After({
  outcome: { afterHours, burned, alerts, rolledBack },
}: {
  outcome: Release["outcomes"][number];
}) {
  const status = burned === null ? "no_data" : burned || rolledBack ? "critical" : "healthy";
  const burn = burned ? "it burns faster than before" : "it burns no faster";
  const words = [
    burned === null ? "no data to compare" : burn,
    ...(alerts ? [`${alerts} alerts`] : []),
    ...(rolledBack ? ["rolled back"] : []),
  ];
  return (
    <Line>
      <span className="inline-flex items-center gap-1.5">
        <StatusIcon status={status} />
        After {afterHours} h: {words.join(", ")}
      </span>
    </Line>
  );
}
