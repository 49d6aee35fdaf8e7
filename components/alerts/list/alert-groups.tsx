"use client";

import type { Alert, AlertList } from "#lib/contracts/alerts.ts";
import { writeMatchers } from "#lib/domain/alerts/label-filter.ts";
import { writeCount } from "#lib/domain/words/figures.ts";
import { Button } from "#components/ui/button.tsx";
import { AlertRow } from "./alert-row.tsx";
import { useAlertFilter } from "./use-alert-filter.ts";

/** More rows than this take longer to lay out than a refresh should. */
const MANY = 50;

/** Alerts in rows. */
export function AlertRows({ alerts, label }: { alerts: readonly Alert[]; label: string }) {
  return (
    <ul aria-label={label}>
      {alerts.map((alert) => (
        <AlertRow key={alert.fingerprint} alert={alert} among={alerts.length > MANY ? "many" : "few"} />
      ))}
    </ul>
  );
}

interface AlertGroupsProps {
  alerts: readonly Alert[];
  list: AlertList;
  /** What is grouped by. */
  label: string;
}

/** Alerts by a label. Each group says how many there are of it, also where fewer or none of them are listed. */
export function AlertGroups({ alerts, list: { groups, moreGroups }, label }: AlertGroupsProps) {
  const { filter, setFilter } = useAlertFilter();
  const shown = Map.groupBy(alerts, ({ labels }) => labels[label] ?? "");
  const narrow = (value: string) => {
    const matcher = writeMatchers([{ label, operator: "=", value }]);
    void setFilter({ match: filter.match === "" ? matcher : `${filter.match}, ${matcher}` });
  };
  return (
    <>
      {groups.map(({ value, count }) => {
        const own = shown.get(value) ?? [];
        const name = value === "" ? `no ${label}` : value;
        return (
          <section key={value} aria-label={name} className="mb-3">
            <h3 className="text-dim flex flex-wrap items-center gap-x-2 pt-2 pb-1 font-medium">
              <bdi className="min-w-0 break-words">{name}</bdi>
              <span className="text-faint font-normal">
                {own.length < count ? `${own.length} of ${writeCount(count)} shown` : writeCount(count)}
              </span>
              {own.length < count && (
                <Button aria-label={`Only ${name}`} onClick={() => narrow(value)}>
                  Only these
                </Button>
              )}
            </h3>
            {own.length > 0 && <AlertRows alerts={own} label={`${label} ${value}`} />}
          </section>
        );
      })}
      {moreGroups > 0 && <p className="text-dim py-2">{writeCount(moreGroups)} more groups are not shown.</p>}
    </>
  );
}
