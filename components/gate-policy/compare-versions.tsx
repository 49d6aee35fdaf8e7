"use client";

import { parseAsInteger, useQueryStates } from "nuqs";
import type { VersionedGatePolicy } from "#lib/contracts/gate-policies.ts";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { ChangesList } from "./changes-list.tsx";

const COMPARED = { was: parseAsInteger, is: parseAsInteger };
/** What a version is called. */
export function versionName(version: number): string {
  return version === 0 ? "As Burnline comes" : `Version ${version}`;
}

/** What any two versions say differently; both stand in the address. */
export function CompareVersions({ versions }: { versions: readonly VersionedGatePolicy[] }) {
  const [compared, setCompared] = useQueryStates(COMPARED);
  const [newest, before] = versions;
  const find = (version: number | null) => versions.find((one) => one.version === version);
  const is = find(compared.is) ?? newest;
  const was = find(compared.was) ?? before;
  if (!is || !was) return null;
  const choices = versions.map(({ version }) => ({ value: String(version), label: versionName(version) }));
  return (
    <section aria-label="Compare versions" className="border-line-soft mt-3 grid gap-2.5 border-t pt-3">
      <div className="grid max-w-120 grid-cols-2 gap-3">
        <Field label="Compare">
          {(field) => (
            <Select
              {...field}
              choices={choices}
              value={String(was.version)}
              onChange={({ target }) => void setCompared({ was: Number(target.value) })}
            />
          )}
        </Field>
        <Field label="with">
          {(field) => (
            <Select
              {...field}
              choices={choices}
              value={String(is.version)}
              onChange={({ target }) => void setCompared({ is: Number(target.value) })}
            />
          )}
        </Field>
      </div>
      <ChangesList was={was.document} is={is.document} />
    </section>
  );
}
