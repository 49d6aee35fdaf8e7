import type { Role } from "#lib/domain/access/permissions.ts";
import { WORD_OF_ROLE } from "./role-words.ts";

/** The roles somebody holds. */
export function RoleChips({ roles }: { roles: readonly Role[] }) {
  if (roles.length === 0) return <span className="text-faint">none</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {roles.map((role) => (
        <span
          key={role}
          className="rounded-chip border-line text-dim text-small border px-1.5 whitespace-nowrap"
        >
          {WORD_OF_ROLE[role]}
        </span>
      ))}
    </span>
  );
}
