"use client";

import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { personWords } from "../incident-words.ts";
import { TextDiffView } from "#components/ui/text-diff-view.tsx";

type Version = TimelineEntry["revisions"][number];
const textOf = ({ body }: Pick<Version, "body">) => (body.kind === "note" ? body.markdown : null);

/** What an entry said before each edit, the newest edit first. */
export function Revisions({ entry }: { entry: TimelineEntry }) {
  const { timeZone } = usePreferences().preferences;
  const versions: Version[] = [...entry.revisions, entry];
  const edits = versions.flatMap((after, i) => {
    const before = versions[i - 1];
    return before ? [{ before, after }] : [];
  });
  return (
    <ol aria-label="Edits" className="mt-2 grid gap-2">
      {edits.toReversed().map(({ before, after }) => (
        <li key={`${after.recordedAt} ${before.recordedAt}`} className="grid gap-1">
          <p className="text-small text-faint">
            edited by <bdi>{personWords(after.by)}</bdi>,{" "}
            <time dateTime={after.recordedAt} title={formatUtc(after.recordedAt)}>
              {formatTime(after.recordedAt, "full", timeZone)}
            </time>
            {before.at !== after.at &&
              `; its time was ${formatTime(before.at, "full", timeZone)}, became ${formatTime(after.at, "full", timeZone)}`}
          </p>
          <EditedText before={textOf(before)} after={textOf(after)} />
        </li>
      ))}
    </ol>
  );
}

function EditedText({ before, after }: { before: string | null; after: string | null }) {
  if (before === null || after === null || before === after) return null;
  return <TextDiffView before={before} after={after} label="What the edit changed" />;
}
