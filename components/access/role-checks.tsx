import type { UseFormRegisterReturn } from "react-hook-form";
import { ROLES } from "#lib/domain/access/permissions.ts";
import { Check, CheckGroup } from "./form-parts.tsx";
import { meaningOf, WORD_OF_ROLE } from "./role-words.ts";

interface RoleChecksProps {
  input: UseFormRegisterReturn;
  error: string | undefined;
}

/** The roles to choose from, each with what it allows. */
export function RoleChecks({ input, error }: RoleChecksProps) {
  return (
    <CheckGroup legend="Roles" error={error}>
      {ROLES.map((role) => (
        <Check key={role} value={role} label={WORD_OF_ROLE[role]} meaning={meaningOf(role)} {...input} />
      ))}
    </CheckGroup>
  );
}
