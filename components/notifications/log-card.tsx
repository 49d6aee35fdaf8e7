"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { channelsQuery, notificationsQuery, resendNotification } from "#lib/client/notifications.queries.ts";
import type { Channel, NotificationState } from "#lib/contracts/notifications.ts";
import { NOTIFICATION_STATES } from "#lib/domain/notifications/event.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { EmptyState, ErrorState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { Card } from "./card.tsx";
import { LogRow } from "./log-row.tsx";

function Filter({
  state,
  onChoose,
}: {
  state: NotificationState | null;
  onChoose: (state: NotificationState | null) => void;
}) {
  return (
    <div role="group" aria-label="Show" className="flex flex-wrap gap-1">
      {[null, ...NOTIFICATION_STATES].map((one) => (
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

interface LogFilter {
  state: NotificationState | null;
  channel: string | null;
}

/** What was given up on is said whatever the filter shows. */
function DeadNote({ channels, onShow }: { channels: readonly Channel[]; onShow: () => void }) {
  const dead = channels.reduce((sum, one) => sum + one.dead, 0);
  if (dead === 0) return null;
  return (
    <p className="text-critical mb-2 flex flex-wrap items-center gap-2">
      <span>
        <span aria-hidden="true">■</span> {countOf(dead, "message")} did not arrive and{" "}
        {dead === 1 ? "was" : "were"} given up on.
      </span>
      <Button onClick={onShow}>Show</Button>
    </p>
  );
}

/** What was told where, what still waits and what did not arrive. */
export function LogCard() {
  const [filter, setFilter] = useState<LogFilter>({ state: null, channel: null });
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const choices = channels.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Card
      title="Delivery log"
      about="Each message with what came of it. What is dead was given up on and can be sent again."
      actions={
        <>
          <Select
            aria-label="Channel"
            className="max-w-full"
            choices={[{ value: "", label: "every channel" }, ...choices]}
            value={filter.channel ?? ""}
            onChange={(event) => setFilter({ ...filter, channel: event.target.value || null })}
          />
          <Filter state={filter.state} onChoose={(state) => setFilter({ ...filter, state })} />
        </>
      }
    >
      {filter.state !== "dead" && (
        <DeadNote channels={channels} onShow={() => setFilter({ state: "dead", channel: null })} />
      )}
      <Log filter={filter} />
    </Card>
  );
}

function Log({ filter: { state, channel } }: { filter: LogFilter }) {
  const query = useInfiniteQuery(notificationsQuery(state, channel));
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
  const narrowed = state !== null || channel !== null;
  return (
    <>
      {problem && <ErrorState problem={problemOf(problem)} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && (
        <EmptyState title="Nothing here">
          <p>{narrowed ? "No message fits the filter." : "No incident has been told of yet."}</p>
        </EmptyState>
      )}
      <ul aria-label="Messages" aria-busy={query.isFetching}>
        {rows.map((one) => (
          <LogRow key={one.id} one={one} onResend={() => resend.mutate(one.id)} />
        ))}
      </ul>
      {query.hasNextPage && <Button onClick={() => void query.fetchNextPage()}>Older ones</Button>}
    </>
  );
}
