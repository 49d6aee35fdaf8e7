"use client";

import { formatUntil } from "#lib/format/time.ts";
import type { Alert } from "#lib/contracts/alerts.ts";
import { useNow } from "#components/shell/clock.ts";

/** Who keeps an alert quiet, why and for how long; or which other alert does. */
export function SuppressedNote({ alert: { suppressedBy } }: { alert: Alert }) {
  const nowMs = useNow();
  if (!suppressedBy) return null;
  return (
    <ul className="text-small text-dim mt-0.5">
      {suppressedBy.silences.map(({ id, author, reason, endsAt }) => (
        <li key={id}>
          Silenced by {author ?? "somebody"}
          {reason === null ? "" : `: ${reason}`}
          {endsAt !== null && nowMs !== null && (
            <time dateTime={endsAt} className="text-faint">
              {" "}
              · ends {formatUntil(endsAt, nowMs)}
            </time>
          )}
        </li>
      ))}
      {suppressedBy.inhibitors.map(({ fingerprint, name }) => (
        <li key={fingerprint}>Inhibited by {name ?? "an alert that you may not see"}, which fires</li>
      ))}
    </ul>
  );
}
