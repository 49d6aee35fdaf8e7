"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { type BudgetAddress, explanationQuery } from "#lib/client/slos.queries.ts";
import { explorePath } from "#lib/client/explore-view.ts";
import type { Explanation } from "#lib/contracts/slo-budgets.ts";

import { Dialog } from "#components/ui/dialog.tsx";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { ErrorState } from "#components/shell/states.tsx";
import { CopyButton } from "./copy-button.tsx";
import { ExplainSlots } from "./explain-slots.tsx";
import { ExplainSums } from "./explain-sums.tsx";
import { figureName, writeFigure } from "./figure-words.ts";

/** Far enough back for a slot to be seen beside its neighbours. */
const EXPLORED = { lastSeconds: 6 * 3_600 };

interface ExplainDialogProps {
  address: BudgetAddress;
  /** The figure that was asked for; the others stand below it. */
  figure: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What a figure is made of: its formula, the figures in it, the slots they come from, and the exact PromQL. */
export function ExplainDialog({ address, figure, open, onOpenChange }: ExplainDialogProps) {
  const { data, error, refetch } = useQuery({ ...explanationQuery(address), enabled: open });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Explain: ${figureName(figure)}`}>
      {data && <Explained explanation={data.data} figure={figure} />}
      {!data && error && <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!data && !error && (
        <div data-state="loading">
          <ListSkeleton rows={8} rowHeight="h-9" />
        </div>
      )}
    </Dialog>
  );
}

type Figure = Explanation["figures"][number];

function Explained({ explanation, figure }: { explanation: Explanation; figure: string }) {
  const { figures, queries, slots } = explanation;
  const asked = figures.find(({ name }) => name === figure);
  const others = figures.filter(({ name }) => name !== figure);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      {asked ? (
        <Worked figure={asked} loud />
      ) : (
        <p className="text-dim">This figure has no formula here: it does not exist for this budget.</p>
      )}
      <Part title="Sums per look-back">
        <ExplainSums explanation={explanation} />
      </Part>
      <Part title="What is asked of Prometheus for each slot">
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
          {queries.map(({ name, expr }) => (
            <li key={name}>
              <div className="text-small text-faint mb-1 flex items-center justify-between">
                <span className="mr-auto">{name}</span>
                <Link
                  href={explorePath({ q: expr }, EXPLORED)}
                  aria-label={`Open the query of ${name} in Explore`}
                  className="rounded-chip text-accent mr-1 inline-flex min-h-6 items-center underline"
                >
                  Open in Explore
                </Link>
                <CopyButton text={expr} label={`Copy the query of ${name}`} />
              </div>
              <pre className="rounded-control border-line-soft bg-bg border p-3 font-mono text-[12px] break-words whitespace-pre-wrap">
                {expr}
              </pre>
            </li>
          ))}
        </ul>
      </Part>
      {slots.length > 0 && (
        <Part title="The newest slots, five minutes each">
          <ExplainSlots slots={slots} />
        </Part>
      )}
      <Part title="All figures of this budget">
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
          {others.map((one) => (
            <li key={one.name}>
              <Worked figure={one} />
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="text-dim mb-1.5 font-medium">{title}</h3>
      {children}
    </section>
  );
}

/** A formula, the figures in its place, and what comes out. */
function Worked({ figure, loud = false }: { figure: Figure; loud?: boolean }) {
  const { name, formula, worked, value, unit } = figure;
  return (
    <div className={loud ? "rounded-control border-line bg-bg border p-3" : ""}>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className={loud ? "text-lead font-medium" : ""}>{figureName(name)}</span>
        <span className={loud ? "text-lead font-semibold" : "font-medium"}>{writeFigure(value, unit)}</span>
      </p>
      <p className="text-dim mt-0.5 font-mono text-[12px] break-words">{formula}</p>
      <p className="font-mono text-[12px] break-words">= {worked}</p>
    </div>
  );
}
