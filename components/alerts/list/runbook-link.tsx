import { webAddress } from "#lib/client/web-address.ts";
import type { Alert } from "#lib/contracts/alerts.ts";

/** A link, or the path of a runbook that lies in a repository. An alert without one is a defect. */
export function RunbookLink({ alert: { name, runbookUrl } }: { alert: Alert }) {
  const address = webAddress(runbookUrl);
  if (runbookUrl === null) return <span className="text-warning">no runbook</span>;
  if (address === null) return <span className="break-all">Runbook {runbookUrl}</span>;
  return (
    <a href={address} target="_blank" rel="noreferrer" className="hover:text-ink underline">
      Runbook<span className="sr-only"> of {name}</span>
    </a>
  );
}
