"use client";

import { clsx } from "clsx";
import { Link } from "#components/ui/link.tsx";
import type { ReactNode } from "react";
import { entityPath, type EntityKind } from "#lib/client/entity-path.ts";
import { useTimeRange } from "./use-time-range.ts";

interface EntityLinkProps {
  kind: EntityKind;
  name: string;
  /** Makes the row or card around it, which must be positioned, follow the link; `j` and `k` walk through these. */
  stretched?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A link to the page of a service or node that keeps the range one is looking at. */
export function EntityLink({ kind, name, stretched, className, children }: EntityLinkProps) {
  const { range } = useTimeRange();
  return (
    <Link
      href={entityPath(kind, name, range)}
      data-row-link={stretched ? "" : undefined}
      className={clsx(
        "rounded-chip hover:underline",
        stretched ? "after:absolute after:inset-0" : "relative z-1",
        className,
      )}
    >
      {children ?? name}
    </Link>
  );
}
