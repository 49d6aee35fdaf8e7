"use client";

import { History, X } from "lucide-react";
import { useState } from "react";
import { MAX_HISTORY } from "#lib/client/explore-history.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { Age } from "#components/shell/moment.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Explore } from "./use-explore.ts";

const LANGUAGE_NAMES = { promql: "PromQL", logql: "LogQL" };

/** The queries that were run in this browser, newest first. */
export function HistoryButton({ explore: { history, ask } }: { explore: Explore }) {
  const [open, setOpen] = useState(false);
  const show = () => {
    history.read();
    setOpen(true);
  };
  return (
    <>
      <Button aria-label="Queries run before" onClick={show}>
        <History size={13} aria-hidden="true" />
        <span className="max-sm:hidden">History</span>
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Queries run before">
        {history.entries.length === 0 ? (
          <p className="text-dim">
            Nothing yet. The last {MAX_HISTORY} queries that are run here are kept in this browser, for you
            alone.
          </p>
        ) : (
          <>
            <ul aria-label="Queries run before">
              {history.entries.map((entry) => (
                <li
                  key={`${entry.lang} ${entry.q}`}
                  className="border-line-soft flex items-start gap-1 border-t first:border-t-0"
                >
                  <button
                    type="button"
                    className="hover:bg-raised rounded-control min-w-0 flex-1 px-1.5 py-1.5 text-left"
                    onClick={() => {
                      setOpen(false);
                      ask(entry.lang, entry.q);
                    }}
                  >
                    <code className="line-clamp-3 font-mono text-[12px] break-all whitespace-pre-wrap">
                      {harmlessText(entry.q)}
                    </code>
                    <span className="text-small text-faint">
                      {LANGUAGE_NAMES[entry.lang]}, <Age at={new Date(entry.atMs).toISOString()} />
                    </span>
                  </button>
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={`Forget ${entry.q.slice(0, 80)}`}
                    onClick={() => history.remove(entry)}
                  >
                    <X size={13} aria-hidden="true" />
                  </Button>
                </li>
              ))}
            </ul>
            <div className="mt-3 flex items-center justify-between gap-3">
              <p className="text-small text-faint">Kept in this browser alone, {MAX_HISTORY} at most.</p>
              <Button onClick={history.clear}>Forget all</Button>
            </div>
          </>
        )}
      </Dialog>
    </>
  );
}
