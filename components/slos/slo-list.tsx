"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { slosQuery, type SloList as SloListAnswer } from "#lib/client/slos.queries.ts";
import type { SloEntry } from "#lib/contracts/slos.ts";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { measuredView } from "#lib/client/measured-view.ts";
import { NewSloLinks } from "./new-slo-links.tsx";
import { SloGroupRows, SloListHead } from "./slo-list-group.tsx";
import { SloListFilter } from "./slo-list-filter.tsx";
import { filterSlos, groupSlos, slosInWords } from "./slo-order.ts";
import { useSloFilter } from "./use-slo-filter.ts";

/** More rows than this take longer to lay out than a refresh should. */
const MANY = 150;

/** All SLOs with their budgets, grouped by service; the filter lives in the address. */
export function SloList({ initial }: { initial?: SloListAnswer }) {
  const answer = useQuery({ ...slosQuery(), initialData: initial });
  const view = measuredView(answer);
  const { filter, sort, clear } = useSloFilter();
  // Typing must not wait for a thousand rows.
  const wanted = useDeferredValue(filter);
  const all = answer.data?.data.slos ?? [];
  const shown = filterSlos(all, wanted);
  return (
    <>
      <div className="flex items-start justify-between gap-2 max-lg:flex-col">
        <SloListFilter slos={all} />
        <NewSloLinks />
      </div>
      <PanelFrame
        anchor="slos"
        title={slosInWords(shown)}
        aside={shown.length === all.length ? undefined : `of ${all.length}`}
        view={view}
        skeleton={<ListSkeleton rows={10} rowHeight="h-10" />}
      >
        {() =>
          shown.length > 0 ? <Groups slos={shown} sort={sort} /> : <NoneShown all={all} onClear={clear} />
        }
      </PanelFrame>
    </>
  );
}

function Groups({ slos, sort }: { slos: readonly SloEntry[]; sort: Parameters<typeof groupSlos>[1] }) {
  return (
    <div data-rows="">
      <SloListHead />
      {groupSlos(slos, sort).map((group) => (
        <SloGroupRows
          key={`${group.kind} ${group.name}`}
          group={group}
          among={slos.length > MANY ? "many" : "few"}
        />
      ))}
    </div>
  );
}

function NoneShown({ all, onClear }: { all: readonly SloEntry[]; onClear: () => void }) {
  if (all.length > 0) {
    return (
      <EmptyState title="No SLO matches the filter">
        <p>There are {all.length}.</p>
        <Button onClick={onClear} className="mt-2">
          Clear the filter
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="There is no SLO yet">
      <p>
        An SLO says how often a service has to do its work well, and from then on Burnline keeps its error
        budget. It can propose some from what your services measure, or you write one yourself.
      </p>
      <div className="mt-2">
        <NewSloLinks />
      </div>
    </EmptyState>
  );
}
