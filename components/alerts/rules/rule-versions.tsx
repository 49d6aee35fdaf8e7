import type { OwnRule } from "#lib/contracts/alert-rules.ts";
import { Age } from "#components/shell/moment.tsx";

/** What the rule said before, the newest first. */
export function RuleVersions({ rule: { versions } }: { rule: OwnRule }) {
  return (
    <section aria-label="Versions" className="rounded-panel border-line-soft bg-panel border px-4 py-3.5">
      <h2 className="text-dim mb-2 font-medium">Versions</h2>
      <ol>
        {versions.map(({ version, at, by, definition }) => (
          <li key={version} className="border-line-soft border-t py-2 first:border-t-0">
            <p className="flex justify-between gap-3">
              <span>
                {version} by {by.name ?? "somebody who is gone"}
              </span>
              <span className="text-small text-faint">
                <Age at={at} />
              </span>
            </p>
            <code className="text-small text-dim font-mono break-all">{definition?.expr ?? "deleted"}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
