"use client";

import { useQuery } from "@tanstack/react-query";
import { BookOpen } from "lucide-react";
import { runbookFor, runbookPath, runbooksQuery } from "#lib/client/runbooks.queries.ts";
import { webAddress } from "#lib/client/web-address.ts";
import { Link } from "#components/ui/link.tsx";

interface RunbookLinksProps {
  /** The name of the alert. */
  alert: string;
  /** Where the rule's author says that its runbook is: an address, or a path of a repository. */
  runbookUrl: string | null;
  service?: string | null;
  node?: string | null;
}

const LINK = "hover:text-ink rounded-chip inline-flex min-h-6 items-center gap-1 underline";

/** The runbook of an alert here, asked for its service and node, and the one that the rule's author names elsewhere. */
export function RunbookLinks({ alert, runbookUrl, service, node }: RunbookLinksProps) {
  const { data } = useQuery(runbooksQuery());
  const own = data && runbookFor(alert, data);
  const foreign = webAddress(runbookUrl);
  return (
    <>
      {own && (
        <Link href={runbookPath(own.name, { service, node })} className={LINK}>
          <BookOpen size={12} aria-hidden="true" />
          Runbook<span className="sr-only"> of {alert}</span>
        </Link>
      )}
      {foreign !== null && (
        <a href={foreign} target="_blank" rel="noopener noreferrer" className={LINK}>
          {own ? "the author’s" : "Runbook"}
          <span className="sr-only"> of {alert}</span>
        </a>
      )}
      {!own && foreign === null && runbookUrl !== null && (
        <span className="break-all">Runbook {runbookUrl}</span>
      )}
      {data && !own && runbookUrl === null && (
        <Link href={runbookPath(alert)} className={`${LINK} text-warning`}>
          no runbook<span className="sr-only"> for {alert}</span>
        </Link>
      )}
    </>
  );
}
