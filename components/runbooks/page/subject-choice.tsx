"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
import { Select } from "#components/ui/select.tsx";

// The queries are written on the server, so the page is asked for again.
const SUBJECT = { service: parseAsString, node: parseAsString };
const QUERIES = { service: serviceNames, node: nodeNames };

function OneChoice({ of }: { of: "service" | "node" }) {
  const [subject, setSubject] = useQueryStates(SUBJECT, { shallow: false });
  const { data = [] } = useQuery({ ...QUERIES[of](), staleTime: 60_000 });
  const chosen = subject[of];
  const names = chosen === null || data.includes(chosen) ? data : [chosen, ...data];
  return (
    <label className="text-small text-dim flex items-center gap-2">
      {of === "service" ? "Service" : "Node"}
      <Select
        choices={[{ value: "", label: "choose" }, ...names.map((name) => ({ value: name, label: name }))]}
        value={chosen ?? ""}
        onChange={(event) => void setSubject({ [of]: event.target.value || null })}
      />
    </label>
  );
}

/** For which service or node the queries of a runbook ask; it lives in the address. */
export function SubjectChoice({ variables }: { variables: readonly ("service" | "node")[] }) {
  if (variables.length === 0) return null;
  return (
    <div role="group" aria-label="What the queries ask about" className="flex flex-wrap gap-x-4 gap-y-2">
      {variables.map((variable) => (
        <OneChoice key={variable} of={variable} />
      ))}
    </div>
  );
}
