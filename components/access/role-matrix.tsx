import { type Action, ACTIONS, type Role, ROLES } from "#lib/domain/access/permissions.ts";
import { actionsOf } from "#lib/domain/access/role-actions.ts";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { WORD_OF_ROLE, WORDS_OF_ACTION } from "./role-words.ts";

const ROWS = Object.keys(ACTIONS) as Action[];
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const COLUMNS: readonly Column<Action>[] = [
  { key: "action", header: "May", cell: (action) => capital(WORDS_OF_ACTION[action]) },
  ...ROLES.map((role) => ({
    key: role,
    header: WORD_OF_ROLE[role],
    cell: (action: Action) => <Allowed action={action} role={role} />,
  })),
];

/** What each role may do, from the table that the server decides with. */
export function RoleMatrix() {
  return (
    <DataTable label="What each role may do" columns={COLUMNS} rows={ROWS} rowKey={(action) => action} />
  );
}

function Allowed({ action, role }: { action: Action; role: Role }) {
  if (actionsOf(role).includes(action)) {
    return (
      <span className="text-ink">
        <span aria-hidden="true">●</span>
        <span className="sr-only">yes</span>
      </span>
    );
  }
  if ("own" in ACTIONS[action]) return <span className="text-dim text-small">their own</span>;
  return (
    <span className="text-faint">
      <span aria-hidden="true">·</span>
      <span className="sr-only">no</span>
    </span>
  );
}
