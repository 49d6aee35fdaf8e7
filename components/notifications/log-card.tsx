"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { channelsQuery, notificationsQuery, resendNotification } from "#lib/client/notifications.queries.ts";
import { type Notification, NotificationState } from "#lib/contracts/notifications.ts";
import { EVENT_WORDS, NOTIFICATION_EVENTS } from "#lib/domain/notifications/event.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { EmptyState, ErrorState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Card } from "./card.tsx";

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

function LogRow({ one, onResend }: { one: Notification; onResend: () => void }) {
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

function Filter({
  state,
  onChoose,
}: {
  state: NotificationState | null;
  onChoose: (state: NotificationState | null) => void;
}) {
  return (
    <div role="group" aria-label="Show" className="flex flex-wrap gap-1">
      {[null, ...NotificationState.options].map((one) => (
        <Button
          key={one ?? "all"}
          variant={one === state ? "outline" : "ghost"}
          aria-pressed={one === state}
          onClick={() => onChoose(one)}
        >
          {one ?? "all"}
        </Button>
      ))}
    </div>
  );
}

/** What was told where, what still waits and what did not arrive. */
export function LogCard() {
  const [state, setState] = useState<NotificationState | null>(null);
  const query = useInfiniteQuery(notificationsQuery(state));
  const client = useQueryClient();
  const resend = useMutation({
    mutationFn: resendNotification,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["notifications"] });
      void client.invalidateQueries({ queryKey: channelsQuery.queryKey });
    },
  });
  const rows = query.data?.pages.flatMap(({ notifications }) => notifications) ?? [];
  const problem = resend.error ?? (rows.length === 0 ? query.error : null);
  return (
    <Card
      title="Delivery log"
      about="Each message with what came of it. What is dead was given up on and can be sent again."
      actions={<Filter state={state} onChoose={setState} />}
    >
      {problem && <ErrorState problem={problemOf(problem)} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && (
        <EmptyState title="Nothing here">
          <p>{state === null ? "No incident has been told of yet." : `No message is ${state}.`}</p>
        </EmptyState>
      )}
      <ul aria-busy={query.isFetching}>
        {rows.map((one) => (
          <LogRow key={one.id} one={one} onResend={() => resend.mutate(one.id)} />
        ))}
      </ul>
      {query.hasNextPage && <Button onClick={() => void query.fetchNextPage()}>Older ones</Button>}
    </Card>
  );
}
