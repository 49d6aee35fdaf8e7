import type { ReactNode } from "react";
import type { Problem } from "#lib/contracts/problem.ts";

interface ProblemNoticeProps {
  problem: Problem;
  /** What to do about it, under its words. */
  children?: ReactNode;
}

/** Why the server refused. */
export function ProblemNotice({ problem, children }: ProblemNoticeProps) {
  return (
    <div role="alert" className="rounded-control border-warning border px-3 py-2">
      <p className="font-medium">{problem.title}</p>
      <p className="text-dim break-words">{problem.detail}</p>
      {children}
    </div>
  );
}
