import type { LabelMatcher } from "#lib/contracts/access.ts";

/** What somebody's queries are confined to, as PromQL writes it. */
export function MatchersText({ matchers }: { matchers: readonly LabelMatcher[] }) {
  if (matchers.length === 0) return <span className="text-dim">everything</span>;
  return (
    <code className="font-mono text-[12px] break-all">
      {`{${matchers.map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`).join(", ")}}`}
    </code>
  );
}
