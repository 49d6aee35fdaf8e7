import { useId } from "react";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { SLO_COLUMNS, SloRow } from "./slo-row.tsx";
import type { SloGroup } from "./slo-order.ts";

/** The names of the columns; each row says them again for those who cannot see the columns. */
export function SloListHead() {
  const names = [
    "SLO",
    "Status",
    "Objective",
    "Budget spent",
    "Left",
    "Lasts",
    "Burn 1h",
    "Burn 6h",
    "Alerts",
  ];
  return (
    <div aria-hidden="true" className={`text-small text-faint pb-1.5 max-lg:hidden ${SLO_COLUMNS}`}>
      {names.map((name, at) => (
        <span key={name} className={at === 4 || at === 6 || at === 7 ? "text-right" : ""}>
          {name}
        </span>
      ))}
    </div>
  );
}

/** About how high a row and a heading are, for what is not laid out yet. */
const ROW_PX = 45;
const HEADING_PX = 34;

interface SloGroupRowsProps {
  group: SloGroup;
  /** Among many: what is out of sight is not laid out at all. */
  among: "few" | "many";
}

/** The SLOs of a service, of the nodes, or of the journeys. */
export function SloGroupRows({ group, among }: SloGroupRowsProps) {
  const headingId = useId();
  const { kind, name, slos } = group;
  const heightPx = HEADING_PX + slos.length * ROW_PX;
  return (
    <section
      aria-labelledby={headingId}
      style={
        among === "many"
          ? { contentVisibility: "auto", containIntrinsicSize: `auto ${heightPx}px` }
          : undefined
      }
    >
      <h3 id={headingId} className="text-dim border-line-soft border-t pt-2.5 pb-1 font-medium">
        {kind === "service" ? <EntityLink kind="services" name={name} /> : name}
      </h3>
      <ul>
        {slos.map((slo) => (
          <SloRow key={slo.id} slo={slo} />
        ))}
      </ul>
    </section>
  );
}
