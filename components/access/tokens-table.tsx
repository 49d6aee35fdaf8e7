"use client";

import type { ReactNode } from "react";
import type { ApiToken } from "#lib/contracts/access.ts";
import type { Status } from "#lib/domain/status/status.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { Age } from "#components/shell/moment.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { MatchersText } from "./matchers-text.tsx";
import { WORD_OF_ROLE } from "./role-words.ts";

const STATUS_OF_STATE: Record<ApiToken["state"], Status> = {
  active: "healthy",
  powerless: "warning",
  expired: "no_data",
  revoked: "no_data",
};
const WHY: Partial<Record<ApiToken["state"], string>> = {
  powerless: "Refused: its owner is disabled or no longer holds this role",
};

interface TokensTableProps {
  tokens: readonly ApiToken[];
  actions: (token: ApiToken) => ReactNode;
}

/** API tokens with what they are worth now. Names are somebody's text, shown as such. */
export function TokensTable({ tokens, actions }: TokensTableProps) {
  const columns: readonly Column<ApiToken>[] = [
    { key: "name", header: "Token", cell: (row) => <Name token={row} />, sortBy: (row) => row.name },
    {
      key: "state",
      header: "State",
      beside: true,
      cell: ({ state }) => (
        <span title={WHY[state]}>
          <StatusBadge status={STATUS_OF_STATE[state]}>{state}</StatusBadge>
        </span>
      ),
      sortBy: ({ state }) => state,
    },
    {
      key: "may",
      header: "May",
      cell: ({ role, scopes }) => (
        <span className="text-dim">
          <span className="text-ink">{WORD_OF_ROLE[role]}</span>: {scopes.join(", ")}
        </span>
      ),
    },
    { key: "sees", header: "Sees", cell: ({ matchers }) => <MatchersText matchers={matchers} />, wide: true },
    { key: "used", header: "Last used", cell: LastUsed, sortBy: (row) => instantOf(row.lastUsedAt) },
    { key: "expires", header: "Expires", cell: Expiry, sortBy: (row) => instantOf(row.expiresAt) },
    { key: "actions", header: "Actions", align: "end", cell: actions },
  ];
  return <DataTable label="API tokens" columns={columns} rows={tokens} rowKey={(row) => row.id} />;
}

const instantOf = (at: string | null) => (at === null ? null : Date.parse(at));

function Name({ token: { name, hint, owner } }: { token: ApiToken }) {
  return (
    <span className="block max-w-72 min-w-0 break-words">
      <bdi className="font-medium">{name}</bdi>
      <span className="text-small text-faint block">
        <span className="font-mono">bl_…{hint}</span> of <bdi>{owner.name}</bdi>
      </span>
    </span>
  );
}

function LastUsed({ lastUsedAt }: ApiToken) {
  if (lastUsedAt === null) return <Figure text="never" className="text-faint" />;
  return (
    <span className="text-dim">
      <Age at={lastUsedAt} />
    </span>
  );
}

function Expiry({ expiresAt }: ApiToken) {
  return expiresAt === null ? <span className="text-dim">never</span> : <Day at={expiresAt} />;
}

function Day({ at }: { at: string }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <time dateTime={at} title={formatUtc(at)} className="text-dim whitespace-nowrap">
      {formatTime(at, "date", timeZone)}
    </time>
  );
}
