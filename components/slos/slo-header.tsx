"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { PanelView } from "#lib/client/panel-lines.ts";
import { webAddress } from "#lib/client/web-address.ts";
import type { SloDetail } from "#lib/contracts/slos.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { StaleNotice } from "#components/shell/states.tsx";
import { windowInWords, writeTarget } from "./slo-words.ts";

/** What the SLO promises, of whom, and by whom; the way to change it. */
export function SloHeader({ slo, view }: { slo: SloDetail; view: PanelView<unknown> }) {
  const stale = view.state === "ready" && view.stale !== null ? view : null;
  return (
    <section aria-label="What it promises">
      <div className="flex items-start justify-between gap-4">
        <p className="text-dim max-w-prose min-w-0 break-words">{slo.description || "No description."}</p>
        <div className="flex flex-none items-center gap-3">
          {stale && <StaleNotice since={stale.asOf ?? stale.receivedAt} reason={stale.stale ?? ""} />}
          <EditButton slo={slo} />
        </div>
      </div>
      <Facts slo={slo} />
      {slo.problem !== null && (
        <p role="status" className="rounded-control border-warning mt-3 border px-3 py-2 break-words">
          <span className="text-warning font-medium">It cannot be measured: </span>
          {slo.problem}
        </p>
      )}
    </section>
  );
}

function EditButton({ slo: { id, source } }: { slo: SloDetail }) {
  const router = useRouter();
  if (source === "file") {
    return (
      <span className="text-faint" title="It comes from a file: change the file">
        read-only, from a file
      </span>
    );
  }
  return (
    <GuardedButton action="slos:draft" onClick={() => router.push(`/slos/${encodeURIComponent(id)}/edit`)}>
      <Pencil size={13} aria-hidden="true" />
      Edit
    </GuardedButton>
  );
}

function versionInWords({ version, hasDraft }: SloDetail): string {
  if (version === 0) return "draft only";
  return hasDraft ? `v${version}, a draft is waiting` : `v${version}`;
}

/** What is known of the SLO; what is not set says so. */
function Facts({ slo }: { slo: SloDetail }) {
  const runbook = slo.definition?.runbookUrl;
  return (
    <dl className="mt-2.5 flex flex-wrap gap-x-6 gap-y-2">
      <Fact name="Objective">
        {slo.objectives.map(({ target, window }) => (
          <span key={window} className="block">
            {writeTarget(target)} over {windowInWords(window)}
          </span>
        ))}
      </Fact>
      <Fact name="SLI">{slo.sli.replace("_", " ")}</Fact>
      {slo.service !== null && (
        <Fact name="Service">
          <EntityLink kind="services" name={slo.service} className="decoration-line-strong underline" />
        </Fact>
      )}
      {slo.node !== null && (
        <Fact name="Node">
          <EntityLink kind="nodes" name={slo.node} className="decoration-line-strong underline" />
        </Fact>
      )}
      <Fact name="Tier">{slo.tier?.replace("_", " ")}</Fact>
      <Fact name="Owner">{slo.owner}</Fact>
      <Fact name="Version">{versionInWords(slo)}</Fact>
      <Fact name="Runbook">{runbook && <Runbook address={runbook} />}</Fact>
      <Fact name="Evaluated">{slo.evaluatedAt && <Age at={slo.evaluatedAt} />}</Fact>
      {slo.backfillRatio !== null && <Fact name="History">{writeRatio(slo.backfillRatio)} fetched</Fact>}
    </dl>
  );
}

function Runbook({ address }: { address: string }) {
  const href = webAddress(address);
  if (href === null) return address;
  return (
    <a href={href} rel="noreferrer" target="_blank" className="decoration-line-strong underline">
      {new URL(href).host}
    </a>
  );
}

/** A name with its value; an empty value reads as not set. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  const empty = children === null || children === undefined || children === "";
  return (
    <div className="min-w-0">
      <dt className="text-small text-faint">{name}</dt>
      <dd className={`break-words ${empty ? "text-faint" : ""}`}>{empty ? "not set" : children}</dd>
    </div>
  );
}
