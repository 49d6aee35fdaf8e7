"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
import { Select } from "#components/ui/select.tsx";

// The queries are written on the server, so the page is asked for again.
const SUBJECT = { service: parseAsString, node: parseAsString };
const QUERIES = { service: serviceNames, node: nodeNames };

type Variable = keyof typeof QUERIES;
type Defaults = Readonly<Partial<Record<Variable, string | null>>>;

function OneChoice({ of, byDefault }: { of: Variable; byDefault: string | null }) {
  const [subject, setSubject] = useQueryStates(SUBJECT, { shallow: false });
  const { data = [] } = useQuery({ ...QUERIES[of](), staleTime: 60_000 });
  const chosen = subject[of] ?? byDefault;
  const names = chosen === null || data.includes(chosen) ? data : [chosen, ...data];
  const none = byDefault === null ? [{ value: "", label: "choose" }] : [];
  return (
    <label className="text-small text-dim flex items-center gap-2">
      {of === "service" ? "Service" : "Node"}
      <Select
        choices={[...none, ...names.map((name) => ({ value: name, label: name }))]}
        value={chosen ?? ""}
        onChange={(event) => void setSubject({ [of]: event.target.value || null })}
      />
    </label>
  );
}

interface SubjectChoiceProps {
  variables: readonly Variable[];
  /** What they stand for where the address names nothing. */
  defaults?: Defaults;
}

/** For which service or node the queries of a page ask; it lives in the address. */
export function SubjectChoice({ variables, defaults = {} }: SubjectChoiceProps) {
  if (variables.length === 0) return null;
  return (
    <div role="group" aria-label="What the queries ask about" className="flex flex-wrap gap-x-4 gap-y-2">
      {variables.map((variable) => (
        <OneChoice key={variable} of={variable} byDefault={defaults[variable] ?? null} />
      ))}
    </div>
  );
}
