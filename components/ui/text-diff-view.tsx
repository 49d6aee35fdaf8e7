import { clsx } from "clsx";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { type DiffLine, diffLines } from "#lib/domain/words/text-diff.ts";

const SIGN: Record<DiffLine["kind"], { sign: string; word: string }> = {
  same: { sign: " ", word: "" },
  added: { sign: "+", word: "added: " },
  removed: { sign: "−", word: "removed: " },
};

/** What became of a text, line by line. */
export function TextDiffView({ before, after, label }: { before: string; after: string; label: string }) {
  return (
    <ol
      aria-label={label}
      tabIndex={0}
      className="rounded-control border-line-soft text-small max-h-60 overflow-y-auto border py-1 font-mono"
    >
      {diffLines(before, after).map(({ kind, text }, index) => (
        <li
          key={index}
          className={clsx(
            "flex gap-2 px-2 break-words whitespace-pre-wrap",
            kind === "added" && "bg-healthy/12",
            kind === "removed" && "bg-critical/12",
            kind === "same" && "text-dim",
          )}
        >
          <span aria-hidden="true" className="text-faint w-3 flex-none">
            {SIGN[kind].sign}
          </span>
          <span className="sr-only">{SIGN[kind].word}</span>
          <span className="min-w-0 [unicode-bidi:isolate]">{harmlessText(text) || " "}</span>
        </li>
      ))}
    </ol>
  );
}
