"use client";

import { ArrowDown, ArrowUp, Copy, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState, type ReactNode } from "react";
import { get, useFormContext, useFormState, useWatch } from "react-hook-form";
import type { BoardPanel } from "#lib/contracts/boards.ts";
import type { PanelKind } from "#lib/domain/boards/board.ts";
import { UNIT_CHOICES } from "#lib/domain/words/units.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { PanelLooks } from "../panel-looks.ts";
import type { BoardForm } from "./board-form.ts";

const Preview = dynamic(() => import("./panel-preview.tsx").then((module) => module.PanelPreview), {
  ssr: false,
  loading: () => <Skeleton className="h-64" />,
});

const KINDS: { value: PanelKind; label: string }[] = [
  { value: "series", label: "Lines over time (PromQL)" },
  { value: "logs", label: "Log lines (LogQL)" },
  { value: "log-volume", label: "Log volume by level (LogQL)" },
];
const WIDTHS = [
  { value: "half", label: "half" },
  { value: "full", label: "full" },
];

export interface PanelMoves {
  up: (() => void) | undefined;
  down: (() => void) | undefined;
  duplicate: (() => void) | undefined;
  remove: () => void;
}

interface PanelFieldsProps {
  index: number;
  /** Stays with the panel when it moves. */
  id: string;
  moves: PanelMoves;
  looks: PanelLooks;
}

/** The fields of a panel, with what it answers on demand. */
export function PanelFields({ index, id, moves, looks }: PanelFieldsProps) {
  const { register, control } = useFormContext<BoardForm>();
  const { errors } = useFormState({ control });
  const kind = useWatch({ control, name: `panels.${index}.kind` });
  const at = `panels.${index}` as const;
  const message = (field: keyof BoardPanel) =>
    (get(errors, `${at}.${field}`) as { message?: string } | undefined)?.message;
  return (
    <fieldset className="rounded-panel border-line-soft bg-panel grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 border px-4 py-3.5">
      <legend className="sr-only">Panel {index + 1}</legend>
      <Moves index={index} moves={moves} />
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto_auto_auto]">
        <Field label="Title" error={message("title")}>
          {(field) => <Input {...field} {...register(`${at}.title`)} />}
        </Field>
        <Field label="Kind" error={message("kind")}>
          {(field) => <Select {...field} choices={KINDS} {...register(`${at}.kind`)} />}
        </Field>
        {kind === "series" && (
          <Field label="Unit" error={message("unit")}>
            {(field) => <Select {...field} choices={UNIT_CHOICES} {...register(`${at}.unit`)} />}
          </Field>
        )}
        <Field label="Width" error={message("width")}>
          {(field) => <Select {...field} choices={WIDTHS} {...register(`${at}.width`)} />}
        </Field>
      </div>
      <Field label="Query" error={message("query")}>
        {(field) => (
          <TextArea
            {...field}
            rows={2}
            spellCheck={false}
            className="field-sizing-content w-full font-mono"
            {...register(`${at}.query`)}
          />
        )}
      </Field>
      <PreviewOnDemand index={index} id={id} looks={looks} />
    </fieldset>
  );
}

function Moves({ index, moves: { up, down, duplicate, remove } }: { index: number; moves: PanelMoves }) {
  const button = (label: string, icon: ReactNode, onClick: (() => void) | undefined) => (
    <Button
      variant="ghost"
      size="icon"
      aria-label={`${label} panel ${index + 1}`}
      disabled={onClick === undefined}
      onClick={onClick}
    >
      {icon}
    </Button>
  );
  return (
    <div className="flex items-center gap-1">
      <span className="text-dim mr-auto font-medium" aria-hidden="true">
        Panel {index + 1}
      </span>
      {button("Move up", <ArrowUp size={14} aria-hidden="true" />, up)}
      {button("Move down", <ArrowDown size={14} aria-hidden="true" />, down)}
      {button("Duplicate", <Copy size={14} aria-hidden="true" />, duplicate)}
      {button("Remove", <Trash2 size={14} aria-hidden="true" />, remove)}
    </div>
  );
}

const asBoardPanel = async () => (await import("#lib/contracts/boards.ts")).BoardPanel;

/** Asks with what is written when the button is pressed, not with every key. */
function PreviewOnDemand({ index, id, looks }: Omit<PanelFieldsProps, "moves">) {
  const { getValues, setError } = useFormContext<BoardForm>();
  const [shown, setShown] = useState<{ panel: BoardPanel; service: string; node: string } | null>(null);
  const preview = async () => {
    const { panels, service, node } = getValues();
    const parsed = (await asBoardPanel()).safeParse(panels[index]);
    if (parsed.success) return setShown({ panel: parsed.data, service, node });
    for (const { path, message } of parsed.error.issues)
      setError(`panels.${index}.${path.join(".")}` as `panels.${number}.query`, { message });
  };
  return (
    <div className="grid gap-3">
      <span className="flex gap-2">
        <Button onClick={() => void preview()}>{shown ? "Preview again" : "Preview"}</Button>
        {shown && <Button onClick={() => setShown(null)}>Hide the preview</Button>}
      </span>
      {shown && (
        <Preview
          id={id}
          panel={shown.panel}
          values={{ service: shown.service || null, node: shown.node || null }}
          looks={looks}
        />
      )}
    </div>
  );
}
