"use client";

import type { ReactNode } from "react";
import { webAddress } from "#lib/client/web-address.ts";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { usePanel } from "#components/shell/page-panels.tsx";
import { WORD_OF_KIND, WORD_OF_TIER } from "./service-words.ts";

/** What a service is: tier, kind, whose, where and in which version. What is not known says so. */
export function ServiceFacts({ entry }: { entry: CatalogueService | null }) {
  const view = usePanel("service.health");
  const health = view.state === "ready" ? view.data : null;
  return (
    <dl className="mt-2.5 flex flex-wrap gap-x-6 gap-y-2">
      <MeasuredFacts known={entry ?? health} version={health?.version ?? null} />
      <Fact name="Owner">{entry?.owner}</Fact>
      <Fact name="Environment">{entry?.environment}</Fact>
      <Fact name="Repository">{entry?.repository && <Repository address={entry.repository} />}</Fact>
    </dl>
  );
}

type Known = Pick<ServiceHealth, "tier" | "kind" | "team" | "namespace" | "nodes">;

/** The facts that measurements alone can give, where the catalogue cannot be read. */
function MeasuredFacts({ known, version }: { known: Known | null; version: string | null }) {
  return (
    <>
      <Fact name="Tier">{known?.tier && WORD_OF_TIER[known.tier]}</Fact>
      <Fact name="Kind">{known && WORD_OF_KIND[known.kind]}</Fact>
      <Fact name="Version">{version}</Fact>
      <Fact name="Nodes">{known && known.nodes.length > 0 && <NodeLinks nodes={known.nodes} />}</Fact>
      <Fact name="Namespace">{known?.namespace}</Fact>
      <Fact name="Team">{known?.team}</Fact>
    </>
  );
}

/** A name with its value; an empty value reads as not set. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  const empty = children === null || children === undefined || children === false || children === "";
  return (
    <div className="min-w-0">
      <dt className="text-small text-faint">{name}</dt>
      <dd className={`break-words ${empty ? "text-faint" : ""}`}>{empty ? "not set" : children}</dd>
    </div>
  );
}

function NodeLinks({ nodes }: { nodes: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-x-2">
      {nodes.map((node) => (
        <EntityLink key={node} kind="nodes" name={node} className="decoration-line-strong underline" />
      ))}
    </span>
  );
}

function Repository({ address }: { address: string }) {
  const href = webAddress(address);
  if (href === null) return address;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="rounded-chip decoration-line-strong hover:text-ink break-all underline"
    >
      {href.replace(/^https?:\/\//, "")}
    </a>
  );
}
