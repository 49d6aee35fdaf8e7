"use client";

import { useMemo, useState } from "react";
import { countOf } from "#lib/domain/words/language.ts";
import { harmlessLines } from "#lib/format/harmless-text.ts";
import { Button } from "#components/ui/button.tsx";

const SHOWN_CHARACTERS = 50_000;

/** An answer as the source wrote it, laid out in lines. */
export function AnswerRaw({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const laidOut = useMemo(() => JSON.stringify(JSON.parse(text), null, 2), [text]);
  const more = laidOut.length - SHOWN_CHARACTERS;
  return (
    <>
      <pre
        tabIndex={0}
        role="group"
        aria-label="Raw answer"
        className="rounded-control border-line-soft bg-bg max-h-[60vh] overflow-auto border p-3 font-mono text-[12px] break-all whitespace-pre-wrap"
      >
        {harmlessLines(laidOut.slice(0, SHOWN_CHARACTERS))}
      </pre>
      <p className="text-small text-dim mt-2 flex flex-wrap items-center gap-3">
        {more > 0 && <span>Cut here; {countOf(more, "more character")} are in the copy.</span>}
        <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {copied ? "Copied" : "Copy the answer"}
        </Button>
      </p>
    </>
  );
}
