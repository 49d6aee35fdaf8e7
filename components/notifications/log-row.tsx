import type { Notification, NotificationState } from "#lib/contracts/notifications.ts";
import { EVENT_WORDS, NOTIFICATION_EVENTS } from "#lib/domain/notifications/event.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Link } from "#components/ui/link.tsx";

const LOOKS: Readonly<Record<NotificationState, { mark: string; word: string; color: string }>> = {
  waiting: { mark: "◐", word: "waiting", color: "text-attention" },
  sent: { mark: "●", word: "sent", color: "text-healthy" },
  dead: { mark: "■", word: "dead", color: "text-critical" },
  dropped: { mark: "○", word: "dropped", color: "text-dim" },
};

function eventWords(event: string): string {
  const known = NOTIFICATION_EVENTS.find((one) => one === event);
  return known ? EVENT_WORDS[known] : event;
}

function Attempts({ log }: Pick<Notification, "log">) {
  if (log.length < 2) return null;
  return (
    <details className="text-small basis-full">
      <summary className="text-dim cursor-pointer">{log.length} attempts</summary>
      <ol className="mt-1 grid gap-0.5">
        {log.map(({ at, outcome, detail }, nth) => (
          <li key={`${at} ${nth}`} className="text-dim break-words">
            <Age at={at} /> · {outcome}
            {detail && `: ${detail}`}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** A message with what came of it. */
export function LogRow({ one, onResend }: { one: Notification; onResend: () => void }) {
  const { mark, word, color } = LOOKS[one.state];
  const again = one.state === "dead" || one.state === "dropped";
  return (
    <li className="border-line-soft flex flex-wrap items-center gap-x-3 gap-y-1 border-t py-2">
      <span className={`w-18 flex-none ${color}`}>
        <span aria-hidden="true">{mark}</span> {word}
      </span>
      <div className="mr-auto min-w-0 flex-1 basis-60">
        <p>
          {eventWords(one.event)}
          {one.incidentId && (
            <>
              {" · "}
              <Link href={`/incidents/${one.incidentId}`}>{one.incidentId}</Link>
            </>
          )}
          {one.releaseId && (
            <>
              {" · "}
              <Link href={`/releases/${one.releaseId}`}>the release</Link>
            </>
          )}
          <span className="text-dim">
            {" → "}
            <bdi>{one.channel.name}</bdi>
            {one.bundle && ", with others"}
          </span>
        </p>
        {one.lastError && <p className="text-small text-dim break-words">{one.lastError}</p>}
      </div>
      <span className="text-small text-dim">
        <Age at={one.sentAt ?? one.createdAt} />
      </span>
      {again && (
        <GuardedButton action="notifications:write" onClick={onResend}>
          Send again
        </GuardedButton>
      )}
      <Attempts log={one.log} />
    </li>
  );
}
