import type { Session } from "#lib/contracts/access.ts";
import { deviceWords } from "#lib/format/device-words.ts";
import { formatUtc } from "#lib/format/time.ts";
import { Age } from "#components/shell/moment.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";

const COLUMNS: readonly Column<Session>[] = [
  {
    key: "agent",
    header: "Browser",
    cell: ({ userAgent, current }) => (
      <span title={userAgent ?? undefined}>
        {current && <span className="text-ink font-medium">This one: </span>}
        <bdi className="text-dim">{deviceWords(userAgent)}</bdi>
      </span>
    ),
  },
  {
    key: "address",
    header: "Address",
    cell: ({ address }) =>
      address ? (
        <span className="font-mono text-[12px]">{address}</span>
      ) : (
        <Figure text="—" why="Not known" />
      ),
  },
  { key: "begun", header: "Began", cell: ({ createdAt }) => <Age at={createdAt} /> },
  { key: "used", header: "Last used", cell: ({ lastUsedAt }) => <Age at={lastUsedAt} /> },
  {
    key: "ends",
    header: "Ends by itself",
    cell: ({ expiresAt }) => <span className="text-dim whitespace-nowrap">{formatUtc(expiresAt)}</span>,
    wide: true,
  },
];

/** Sessions of one person. What a browser calls itself is its own text, shown as such. */
export function SessionsTable({ label, sessions }: { label: string; sessions: readonly Session[] }) {
  return <DataTable label={label} columns={COLUMNS} rows={sessions} rowKey={({ id }) => id} />;
}
