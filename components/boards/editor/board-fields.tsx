"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useFieldArray, useFormContext, useFormState, useWatch } from "react-hook-form";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
import { MAX_PANELS } from "#lib/domain/boards/board.ts";
import type { Variable } from "#lib/domain/boards/variables.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { PanelLooks } from "../panel-looks.ts";
import { type BoardForm, NEW_PANEL } from "./board-form.ts";
import { PanelFields, type PanelMoves } from "./panel-fields.tsx";

/** The fields of a board and of its panels. */
export function BoardFields({ looks }: { looks: PanelLooks }) {
  const { register, control } = useFormContext<BoardForm>();
  const { errors } = useFormState({ control });
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name" error={errors.name?.message}>
          {(field) => <Input {...field} {...register("name")} />}
        </Field>
        <Field label="Description" error={errors.description?.message}>
          {(field) => <Input {...field} {...register("description")} />}
        </Field>
        <DefaultChoice of="service" />
        <DefaultChoice of="node" />
      </div>
      <p className="text-small text-faint">
        {'"$service" and "$node" in the matchers of a query stand for what is chosen on the board.'}
      </p>
      <Panels looks={looks} />
    </>
  );
}

const NAMES = { service: serviceNames, node: nodeNames };

/** What a variable stands for where the board's address names nothing. */
function DefaultChoice({ of }: { of: Variable }) {
  const { register, control } = useFormContext<BoardForm>();
  const { errors } = useFormState({ control });
  const chosen = useWatch({ control, name: of });
  const { data = [] } = useQuery({ ...NAMES[of](), staleTime: 60_000 });
  const names = chosen === "" || data.includes(chosen) ? data : [chosen, ...data];
  return (
    <Field label={`$${of} at first`} hint="Until a reader chooses another" error={errors[of]?.message}>
      {(field) => (
        <Select
          {...field}
          choices={[{ value: "", label: "none" }, ...names.map((name) => ({ value: name, label: name }))]}
          {...register(of)}
        />
      )}
    </Field>
  );
}

function Panels({ looks }: { looks: PanelLooks }) {
  const { control, getValues } = useFormContext<BoardForm>();
  const { errors } = useFormState({ control });
  const { fields, append, insert, remove, swap } = useFieldArray({ control, name: "panels" });
  const full = fields.length >= MAX_PANELS;
  const movesOf = (index: number): PanelMoves => ({
    up: index > 0 ? () => swap(index, index - 1) : undefined,
    down: index < fields.length - 1 ? () => swap(index, index + 1) : undefined,
    duplicate: full ? undefined : () => insert(index + 1, { ...getValues(`panels.${index}`) }),
    remove: () => remove(index),
  });
  return (
    <>
      {fields.map(({ id }, index) => (
        <PanelFields key={id} id={id} index={index} moves={movesOf(index)} looks={looks} />
      ))}
      {errors.panels?.message && <p className="text-small text-critical">{errors.panels.message}</p>}
      <Button className="justify-self-start max-sm:h-10" disabled={full} onClick={() => append(NEW_PANEL)}>
        <Plus size={14} aria-hidden="true" />
        {full ? `${MAX_PANELS} panels are the most` : "Add a panel"}
      </Button>
    </>
  );
}
