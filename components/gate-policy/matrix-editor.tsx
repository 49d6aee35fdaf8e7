"use client";

import { RISKS } from "#lib/domain/gate/risk.ts";
import type { SloStatus } from "#lib/domain/slo/status/axes.ts";
import { Card } from "#components/shell/card.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { DecisionSelect } from "./decision-select.tsx";
import type { DraftProps } from "./draft.ts";
import { labelOf } from "./policy-labels.ts";

const ROWS: readonly SloStatus[] = [
  "healthy",
  "attention",
  "warning",
  "critical",
  "exhausted",
  "no_data",
  "no_traffic",
];

/** What each status of a budget says to a change of each risk. */
export function MatrixEditor({ draft, problems, onChange, disabled }: DraftProps) {
  const wrong = [...problems].filter(([path]) => path.startsWith("matrix."));
  return (
    <Card title="Decisions by status and risk">
      <table className="w-full max-w-160 table-fixed">
        <thead>
          <tr className="text-small text-faint text-left">
            <th scope="col" className="w-[28%] pb-1 font-normal">
              Budget
            </th>
            {RISKS.map((risk) => (
              <th key={risk} scope="col" className="pb-1 pl-2 font-normal">
                {risk} <span className="max-sm:hidden">risk</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((status) => (
            <tr key={status}>
              <th scope="row" className="py-0.5 text-left font-normal">
                <StatusBadge status={status} />
              </th>
              {RISKS.map((risk) => (
                <td key={risk} className="py-0.5 pl-2 max-sm:pl-1">
                  <DecisionSelect
                    label={`${status.replace("_", " ")}, ${risk} risk`}
                    value={draft.matrix[status][risk]}
                    error={problems.get(`matrix.${status}.${risk}`)}
                    disabled={disabled}
                    onChange={(value) => onChange(["matrix", status, risk], value)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {wrong.length > 0 && (
        <ul role="alert" className="text-critical mt-2">
          {wrong.map(([path, message]) => (
            <li key={path}>
              {labelOf(path)}: {message}
            </li>
          ))}
        </ul>
      )}
      <p className="text-small text-faint mt-2">
        Of several SLOs the strictest answer counts. What was not measured never approves.
      </p>
    </Card>
  );
}
