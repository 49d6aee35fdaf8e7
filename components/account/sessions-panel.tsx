"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { endOwnSession, endOwnSessions, ownSessionsQuery } from "#lib/client/account.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { Session } from "#lib/contracts/access.ts";
import { Age } from "#components/shell/moment.tsx";
import { ErrorState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { FormProblem } from "./form-parts.tsx";
import { leaveFor } from "./leave-for.ts";
import { deviceWords } from "#lib/format/device-words.ts";

/** The viewer's sessions, with a way to end each and all of them. */
export function SessionsPanel() {
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(ownSessionsQuery);
  const endOne = useMutation({
    mutationFn: endOwnSession,
    onSettled: () => queryClient.invalidateQueries(ownSessionsQuery),
  });
  const endAll = useMutation({ mutationFn: endOwnSessions, onSuccess: () => leaveFor("/sign-in") });
  if (error && !data) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <ListSkeleton rows={3} rowHeight="h-14" />;
  const failure = endOne.error ?? endAll.error;
  return (
    <>
      <ul className="divide-line-soft divide-y">
        {data.sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={endOne.isPending && endOne.variables === session.id}
            onEnd={() => endOne.mutate(session.id)}
          />
        ))}
      </ul>
      <div className="border-line-soft mt-1 flex flex-wrap items-center gap-3 border-t pt-3">
        <Button onClick={() => endAll.mutate()} disabled={endAll.isPending} className="max-sm:h-11">
          Sign out everywhere, here too
        </Button>
        <FormProblem problem={failure && problemOf(failure)} />
      </div>
    </>
  );
}

interface SessionRowProps {
  session: Session;
  busy: boolean;
  onEnd: () => void;
}

function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const device = deviceWords(session.userAgent);
  const from = session.address ?? "an unknown address";
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={session.userAgent ?? undefined}>
          {device}
        </p>
        <p className="text-dim text-small">
          {from} · <Age at={session.createdAt} prefix="signed in " /> ·{" "}
          <Age at={session.lastUsedAt} prefix="used " />
        </p>
      </div>
      {session.current ? (
        <span className="text-faint flex-none">this one</span>
      ) : (
        <Button
          onClick={onEnd}
          disabled={busy}
          aria-label={`Revoke ${device} from ${from}`}
          className="max-sm:h-11"
        >
          Revoke
        </Button>
      )}
    </li>
  );
}
