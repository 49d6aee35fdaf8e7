"use client";

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useAuditFilter } from "./use-audit-filter.ts";

const TEXTS = [
  { name: "actor", label: "Who", placeholder: "name or id" },
  { name: "action", label: "Action begins with", placeholder: "person." },
  { name: "resource", label: "Resource", placeholder: "type, id or type/id" },
] as const;
const DAYS = [
  { name: "from", label: "From day (UTC)" },
  { name: "to", label: "To day (UTC)" },
] as const;

/** Narrows the log; what is typed goes to the page's address. */
export function AuditFilterFields() {
  const { params, setParams } = useAuditFilter();
  return (
    <search className="grid grid-cols-2 gap-2 sm:grid-cols-[repeat(3,minmax(0,1fr))_repeat(2,9.5rem)]">
      {TEXTS.map(({ name, label, placeholder }) => (
        <Field key={name} label={label} className={name === "actor" ? "max-sm:col-span-2" : undefined}>
          {(control) => (
            <Input
              {...control}
              type="search"
              maxLength={200}
              placeholder={placeholder}
              data-filter={name === "actor" ? "" : undefined}
              value={params[name] ?? ""}
              onChange={(event) => void setParams({ [name]: event.target.value || null })}
            />
          )}
        </Field>
      ))}
      {DAYS.map(({ name, label }) => (
        <Field key={name} label={label}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={params[name] ?? ""}
              onChange={(event) => void setParams({ [name]: event.target.value || null })}
            />
          )}
        </Field>
      ))}
    </search>
  );
}
