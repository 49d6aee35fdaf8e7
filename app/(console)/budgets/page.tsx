import type { Metadata } from "next";
import { LastAnswers } from "#components/releases/last-answers.tsx";
import { BudgetOverview } from "#components/slos/budgets/budget-overview.tsx";
import { SloFrame } from "#components/slos/slo-frame.tsx";
import { SLO_PAGE } from "#components/slos/slo-spec.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { listSlos } from "#lib/server/services/slos/list.ts";
import { loadPage } from "../load-page.ts";
import { pageActor } from "../page-actor.ts";

const TITLE = "Budgets";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function BudgetsPage({ searchParams }: Props) {
  const actor = await pageActor();
  // What cannot be read now the browser asks for itself, and says why.
  const reading = listSlos(actor, {}).catch(() => undefined);
  const [list, { lines }] = await Promise.all([reading, loadPage(SLO_PAGE, searchParams)]);
  return (
    <SloFrame title={TITLE} lamps={lines}>
      <LastAnswers />
      <BudgetOverview initial={list} />
    </SloFrame>
  );
}
