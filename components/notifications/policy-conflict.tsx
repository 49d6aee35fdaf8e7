import type { Channel } from "#lib/contracts/notifications.ts";
import type { Policy } from "#lib/contracts/on-call.ts";
import { Button } from "#components/ui/button.tsx";
import { linesOf, namesOf } from "./policy-words.ts";

interface PolicyConflictProps {
  before: Policy;
  now: Policy;
  channels: readonly Channel[];
  onTake: () => void;
}

/** What somebody else saved meanwhile, line by line. What was typed is kept. */
export function PolicyConflict({ before, now, channels, onTake }: PolicyConflictProps) {
  const textsOf = ({ kind, document }: Policy) =>
    linesOf(kind, document, namesOf(channels)).map(({ name, says }) => `${name}: ${says}`);
  const [was, is] = [textsOf(before), textsOf(now)];
  const gone = was.filter((text) => !is.includes(text));
  const come = is.filter((text) => !was.includes(text));
  return (
    <div role="alert" className="rounded-control border-warning grid gap-1.5 border px-3 py-2">
      <p className="font-medium">
        <bdi>{now.savedBy?.name ?? "Somebody"}</bdi> saved version {now.version} meanwhile
      </p>
      <ul className="text-small grid gap-0.5 break-words">
        {gone.map((text) => (
          <li key={`gone ${text}`} className="text-dim">
            − <del>{text}</del>
          </li>
        ))}
        {come.map((text) => (
          <li key={`come ${text}`}>
            + <ins className="no-underline">{text}</ins>
          </li>
        ))}
        {gone.length + come.length === 0 && <li className="text-dim">It differs in details only.</li>}
      </ul>
      <p className="text-dim">
        What you typed is kept. Saving puts it in place of theirs, which stays a version.
      </p>
      <Button className="justify-self-start" onClick={onTake}>
        Take theirs, drop mine
      </Button>
    </div>
  );
}
