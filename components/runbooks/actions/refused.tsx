import type { Problem } from "#lib/contracts/problem.ts";

/** Why the server refused; what was typed stays. */
export function Refused({ problem }: { problem: Problem }) {
  return (
    <div role="alert" className="rounded-control border-warning border px-3 py-2">
      <p className="font-medium">{problem.title}</p>
      <p className="text-dim break-words">{problem.detail}</p>
    </div>
  );
}
