import { Fragment } from "react";
import type { PanelData } from "#lib/contracts/panels.ts";
import { statusColor, StatusIcon } from "#components/shell/status.tsx";

/** "How is the cluster?" in one sentence, its trouble coloured, with the facts below. */
export function Answer({ answer }: { answer: PanelData<"cluster.answer"> }) {
  return (
    <div>
      <p className="text-title flex max-w-[62ch] gap-2.5 font-medium tracking-tight text-balance">
        <span className="flex h-[1.3em] items-center">
          <StatusIcon status={answer.status} label={answer.status.replace("_", " ")} />
        </span>
        <span className="min-w-0 break-words">
          {answer.sentence.map(({ text, status }, index) => (
            <Fragment key={index}>
              {status === null ? text : <em className={`not-italic ${statusColor(status)}`}>{text}</em>}
            </Fragment>
          ))}
        </span>
      </p>
      <p className="text-dim mt-1">{answer.facts.join(" · ")}</p>
    </div>
  );
}
