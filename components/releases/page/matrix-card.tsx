"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { gateVersionsQuery } from "#lib/client/gate-policy.queries.ts";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { DEFAULT_GATE_POLICY, type Matrix } from "#lib/domain/gate/policy.ts";
import { RISKS } from "#lib/domain/gate/risk.ts";
import { SLO_STATUSES, type SloStatus } from "#lib/domain/slo/status/axes.ts";
import { Card } from "#components/shell/card.tsx";
import { decisionColor } from "#components/shell/decision-word.tsx";
import { StatusBadge } from "#components/shell/status.tsx";

/** Best first, as the page is read. */
const ROWS: readonly SloStatus[] = [
  "healthy",
  "attention",
  "warning",
  "critical",
  "exhausted",
  "no_data",
  "no_traffic",
];

/** The matrix that decided, with the cell that the figures fell into. */
export function MatrixCard({ verdict }: { verdict: GateAnswer }) {
  const { policyVersion, decision, status, risk } = verdict;
  const written = useQuery({
    ...gateVersionsQuery,
    enabled: policyVersion > 0,
    select: (versions) => versions.find(({ version }) => version === policyVersion)?.document,
  });
  const matrix = policyVersion === 0 ? DEFAULT_GATE_POLICY.matrix : written.data?.matrix;
  if (!matrix) return null;
  const known = SLO_STATUSES.find((one) => one === status);
  const cell = known && matrix[known][risk];
  return (
    <Card title="Matrix" aside={`status × risk, policy v${policyVersion}`}>
      <Cells matrix={matrix} verdict={verdict} />
      {cell !== decision && (
        <p className="text-dim mt-3 break-words">
          {cell === undefined
            ? "No cell decides: what is missing does."
            : `The cell says ${cell}; what stands around the service makes it ${decision}.`}
        </p>
      )}
    </Card>
  );
}

function Cells({ matrix, verdict: { status, risk } }: { matrix: Matrix; verdict: GateAnswer }) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-1">
      <thead>
        <tr className="text-small text-faint">
          <th scope="col" className="w-[30%]">
            <span className="sr-only">Status</span>
          </th>
          {RISKS.map((one) => (
            <th key={one} scope="col" className="pb-1 font-normal">
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <tr key={row}>
            <th scope="row" className="text-small text-left font-normal">
              <StatusBadge status={row} />
            </th>
            {RISKS.map((column) => {
              const decides = row === status && column === risk;
              return (
                <td
                  key={column}
                  aria-current={decides ? "true" : undefined}
                  className={clsx(
                    "bg-raised rounded-control h-7 text-center",
                    decides
                      ? [decisionColor(matrix[row][column]), "font-semibold outline-2 outline-current"]
                      : "text-dim",
                  )}
                >
                  {matrix[row][column]}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
