import type { ReactNode } from "react";
import { ForbiddenState } from "#components/shell/states.tsx";
import { TopBar, type Crumb } from "#components/shell/top-bar.tsx";
import { refusal } from "#lib/domain/access/permissions.ts";
import { AppError, toProblem } from "#lib/server/errors.ts";
import { pageActor } from "../page-actor.ts";

interface EditorFrameProps {
  title: string;
  crumbs: readonly Crumb[];
  children: ReactNode;
}

/** A page for those who may draft SLOs; others are told which role may. */
export async function EditorFrame({ title, crumbs, children }: EditorFrameProps) {
  const refused = refusal(await pageActor(), "slos:draft");
  return (
    <>
      <TopBar title={title} crumbs={crumbs} />
      <main
        id="main"
        tabIndex={-1}
        className="grid grid-cols-[minmax(0,1fr)] content-start gap-4 px-6 pt-5 outline-none max-sm:px-3.5"
      >
        {refused ? (
          <ForbiddenState problem={toProblem(new AppError("forbidden", refused.detail), "")} />
        ) : (
          children
        )}
      </main>
    </>
  );
}
