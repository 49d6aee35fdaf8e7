import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { changesOf } from "./policy-changes.ts";

/** What one policy says that another does not, field by field. */
export function ChangesList({ was, is }: { was: GatePolicyDocument; is: GatePolicyDocument }) {
  const changes = changesOf(was, is);
  if (changes.length === 0) return <p className="text-faint">Nothing differs.</p>;
  return (
    <ul aria-label="Changes">
      {changes.map(({ path, label, before, after }) => (
        <li
          key={path}
          className="border-line-soft grid gap-x-4 border-t py-1.5 break-words first:border-t-0 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]"
        >
          <span className="min-w-0">
            {label}
            <span className="text-small text-faint block font-mono">{path}</span>
          </span>
          <span className="min-w-0">
            <del className="text-dim">{before ?? "not set"}</del> →{" "}
            <ins className="font-medium no-underline">{after ?? "not set"}</ins>
          </span>
        </li>
      ))}
    </ul>
  );
}
