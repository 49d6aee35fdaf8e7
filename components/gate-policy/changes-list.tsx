import { difference } from "#lib/domain/audit/difference.ts";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";

/** What one policy says that another does not, path by path. */
export function ChangesList({ was, is }: { was: GatePolicyDocument; is: GatePolicyDocument }) {
  const { changes } = difference(was, is);
  if (changes.length === 0) return <p className="text-faint">Nothing differs.</p>;
  return (
    <ul aria-label="Changes" className="grid gap-0.5">
      {changes.map(({ path, before, after }) => (
        <li key={path} className="break-words">
          <span className="text-dim font-mono">{path}</span>{" "}
          <del className="text-dim">{before ?? "not set"}</del> →{" "}
          <ins className="font-medium no-underline">{after ?? "not set"}</ins>
        </li>
      ))}
    </ul>
  );
}
