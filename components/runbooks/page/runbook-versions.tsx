"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { runbookVersionQuery, runbookVersionsQuery } from "#lib/client/runbooks.queries.ts";
import type { RunbookVersion } from "#lib/contracts/runbook-routes.ts";
import type { Runbook } from "#lib/contracts/runbooks.ts";
import { Age } from "#components/shell/moment.tsx";
import { ErrorState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { TextDiffView } from "#components/ui/text-diff-view.tsx";
import { runbookText } from "../runbook-text.ts";

/** Who saved the runbook when, the newest first, each with what it changed. */
export function RunbookVersions({ runbook }: { runbook: Pick<Runbook, "name" | "version"> }) {
  const { data, error, refetch } = useQuery(runbookVersionsQuery(runbook));
  return (
    <section
      aria-label="Versions"
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <h2 className="text-dim mb-2 font-medium">Versions</h2>
      {error && <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-10" />}
      {data?.length === 0 && (
        <p className="text-dim">Nobody changed it yet: it reads as it comes with Burnline.</p>
      )}
      <ol>
        {data?.map((entry) => (
          <Version key={entry.version} name={runbook.name} entry={entry} versions={data} />
        ))}
      </ol>
    </section>
  );
}

interface VersionProps {
  name: string;
  entry: RunbookVersion;
  versions: readonly RunbookVersion[];
}

function Version({ name, entry: { version, at, by }, versions }: VersionProps) {
  const [open, setOpen] = useState(false);
  return (
    <li className="border-line-soft grid gap-2 border-t py-2 first:border-t-0">
      <p className="flex flex-wrap items-center gap-x-3">
        <span>
          {version} by <bdi>{by.name ?? "somebody who is gone"}</bdi>
        </span>
        <span className="text-small text-faint">
          <Age at={at} />
        </span>
        <Button className="ml-auto" aria-expanded={open} onClick={() => setOpen(!open)}>
          Changes<span className="sr-only"> of version {version}</span>
        </Button>
      </p>
      {open && <Changes name={name} version={version} versions={versions} />}
    </li>
  );
}

/** What a version says that another does not; the one before it unless another is chosen. */
function Changes({ name, version, versions }: Omit<VersionProps, "entry"> & { version: number }) {
  const [from, setFrom] = useState(version - 1);
  const others = versions.filter((one) => one.version !== version).map((one) => String(one.version));
  const choices = others.map((value) => ({ value, label: `version ${value}` }));
  const beginning = version === 1 ? [{ value: "0", label: "the beginning" }] : [];
  return (
    <div className="grid gap-2">
      <label className="text-small text-dim flex items-center gap-2">
        Since
        <Select
          choices={[...beginning, ...choices]}
          value={String(from)}
          onChange={(event) => setFrom(Number(event.target.value))}
        />
      </label>
      <Difference name={name} from={from} to={version} />
    </div>
  );
}

/** Version 0 is the template; what had none began empty. */
function Difference({ name, from, to }: { name: string; from: number; to: number }) {
  const before = useQuery(runbookVersionQuery(name, from));
  const after = useQuery(runbookVersionQuery(name, to));
  const error = after.error ?? (from === 0 ? null : before.error);
  if (error) return <ErrorState problem={problemOf(error)} />;
  if (!after.data || before.isPending) return <Skeleton className="h-24" />;
  return (
    <TextDiffView
      before={before.data ? runbookText(before.data) : ""}
      after={runbookText(after.data)}
      label={`What version ${to} changed`}
    />
  );
}
