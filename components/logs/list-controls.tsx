"use client";

import { Download, Radio, WrapText } from "lucide-react";
import { LINE_LIMITS } from "#lib/client/log-view.ts";
import type { LogLine } from "#lib/contracts/logs.ts";
import { DEDUPE_MODES, type DedupeMode } from "#lib/domain/logs/dedupe.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Select } from "#components/ui/select.tsx";
import { saveLines } from "./save-lines.ts";
import { useLogView } from "./use-log-view.ts";

const DEDUPE_WORDS: Record<DedupeMode, string> = {
  none: "every line",
  exact: "no equal neighbours",
  numbers: "numbers aside",
  signature: "punctuation only",
};

interface ListControlsProps {
  lines: readonly LogLine[];
  /** How many are left once like ones are shown as one. */
  shown: number;
}

/** How the lines are shown, and a way to take them along. */
export function ListControls({ lines, shown }: ListControlsProps) {
  const { view, setView } = useLogView();
  const save = (
    <Button aria-label={`Download ${countOf(lines.length, "line")}`}>
      <Download size={13} aria-hidden="true" />
      <span className="max-sm:hidden">Download {countOf(lines.length, "line")}</span>
    </Button>
  );
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <Button
        aria-pressed={view.live}
        variant={view.live ? "primary" : "outline"}
        onClick={() => void setView({ live: !view.live })}
      >
        <Radio size={13} aria-hidden="true" />
        Live
      </Button>
      <Button
        aria-pressed={view.wrap}
        variant={view.wrap ? "primary" : "outline"}
        onClick={() => void setView({ wrap: !view.wrap })}
      >
        <WrapText size={13} aria-hidden="true" />
        Wrap
      </Button>
      <Select
        aria-label="Lines alike"
        className="max-sm:min-w-32 max-sm:flex-1"
        choices={DEDUPE_MODES.map((value) => ({ value, label: DEDUPE_WORDS[value] }))}
        value={view.dedupe}
        onChange={(event) =>
          void setView({ dedupe: DEDUPE_MODES.find((mode) => mode === event.target.value) ?? null })
        }
      />
      {!view.live && (
        <Select
          aria-label="Lines at once"
          className="max-sm:min-w-32 max-sm:flex-1"
          choices={LINE_LIMITS.map((lines) => ({
            value: String(lines),
            label: `${lines.toLocaleString("en")} at once`,
          }))}
          value={String(view.limit)}
          onChange={(event) =>
            void setView({ limit: LINE_LIMITS.find((limit) => String(limit) === event.target.value) ?? null })
          }
        />
      )}
      {shown < lines.length && (
        <span className="text-small text-faint">
          {countOf(lines.length - shown, "like line")} folded into the one above it
        </span>
      )}
      <span className="ml-auto">
        <Menu trigger={save}>
          <MenuItem onSelect={() => saveLines(lines, "txt")}>As text</MenuItem>
          <MenuItem onSelect={() => saveLines(lines, "jsonl")}>As JSON lines</MenuItem>
        </Menu>
      </span>
    </div>
  );
}
