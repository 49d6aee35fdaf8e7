"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { type LineContext, lineInContext } from "#lib/client/log-context.ts";
import { lineAddress } from "#lib/domain/logs/line-address.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { EmptyState, ErrorState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import type { LineActions } from "./line-details.tsx";
import { LogList } from "./log-list.tsx";

const LINES_EACH_WAY = [10, 100, 1_000];

interface ContextDialogProps {
  /** The line's address. */
  address: string;
  /** A query that finds the line. */
  query: string;
  wrap: boolean;
  actions: LineActions;
  onClose: () => void;
}

/** A line among those of its stream that were written before and after it. */
export function ContextDialog({ address, query, wrap, actions, onClose }: ContextDialogProps) {
  const [step, setStep] = useState(0);
  const each = LINES_EACH_WAY[step] ?? 10;
  const more = LINES_EACH_WAY[step + 1];
  const { data, error, isFetching } = useQuery(lineInContext({ query, address, each }));
  return (
    <Dialog open onOpenChange={onClose} title="A line in its stream">
      {error && <ErrorState problem={problemOf(error)} />}
      {data === undefined && !error && <ListSkeleton rows={12} rowHeight="h-5.5" />}
      {data === null && (
        <EmptyState title="This line is not there">
          The source does not have it any more, or the query beside it in the address does not find it.
        </EmptyState>
      )}
      {data && (
        <Neighbours context={data} address={address} wrap={wrap} actions={actions}>
          {more !== undefined && !data.whole && (
            <Button disabled={isFetching} onClick={() => setStep(step + 1)}>
              {isFetching ? "Loading…" : `Show ${more.toLocaleString("en")} each way`}
            </Button>
          )}
        </Neighbours>
      )}
    </Dialog>
  );
}

interface NeighboursProps extends Pick<ContextDialogProps, "address" | "wrap" | "actions"> {
  context: LineContext;
  /** The way to more of them. */
  children: ReactNode;
}

function Neighbours({ context, address, wrap, actions, children }: NeighboursProps) {
  const { selector, lines, before, after, whole } = context;
  return (
    <>
      <p className="text-small text-faint mb-2 font-mono break-all">{harmlessText(selector)}</p>
      <LogList
        lines={lines.map((line) => ({ line, repeats: 0 }))}
        label="Lines around it"
        wrap={wrap}
        marked={address}
        startAt={lines.findIndex((line) => lineAddress(line) === address)}
        className="h-[min(28rem,50dvh)]"
        actions={actions}
      />
      <footer className="mt-2 flex flex-wrap items-center gap-3">
        <p className="text-small text-dim">
          {countOf(after, "line")} after it above, {countOf(before, "line")} before it below
          {whole ? "; there are no others within six hours." : "."}
        </p>
        {children}
      </footer>
    </>
  );
}
