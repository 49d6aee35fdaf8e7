"use client";

import { Plus, X } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { percentOfRatio, ratioOfPercent, writeDecimal } from "#lib/domain/slo/decimal.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select, type Choice } from "#components/ui/select.tsx";
import { useField } from "./editor-context.tsx";

/** One part of the definition: its value, how it changes, and where it is. */
export interface Part<T> {
  value: T;
  onChange: (next: T) => void;
  path: string;
}

interface FieldProps {
  label: string;
  hint?: string;
  className?: string;
}

type TextFieldProps = Part<string> & FieldProps & { choices?: readonly string[]; mono?: boolean };

/** A line of text, with suggestions where there are some. */
export function TextField({ value, onChange, path, choices, mono = false, ...field }: TextFieldProps) {
  const { error, touch } = useField(path);
  const listId = useId();
  return (
    <Field {...field} error={error}>
      {(control) => (
        <>
          <Input
            {...control}
            className={mono ? "w-full font-mono text-[12px]" : "w-full"}
            value={value}
            autoComplete="off"
            spellCheck={false}
            data-path={path}
            list={choices ? listId : undefined}
            onChange={(event) => onChange(event.target.value)}
            onBlur={touch}
          />
          {choices && (
            <datalist id={listId}>
              {choices.map((choice) => (
                <option key={choice} value={choice} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

type OptionalTextProps = Omit<TextFieldProps, "value" | "onChange"> & Part<string | null>;

/** A line of text that may be left empty: null then. */
export function OptionalTextField({ value, onChange, ...props }: OptionalTextProps) {
  return (
    <TextField {...props} value={value ?? ""} onChange={(text) => onChange(text === "" ? null : text)} />
  );
}

/** PromQL of several lines. */
export function QueryField({ value, onChange, path, ...field }: Part<string> & FieldProps) {
  const { error, touch } = useField(path);
  return (
    <Field {...field} error={error}>
      {(control) => (
        <textarea
          {...control}
          className="rounded-control border-line-strong bg-panel text-ink aria-invalid:border-critical w-full border px-2.5 py-1.5 font-mono text-[12px] max-sm:text-[16px]"
          rows={3}
          value={value}
          spellCheck={false}
          data-path={path}
          onChange={(event) => onChange(event.target.value)}
          onBlur={touch}
        />
      )}
    </Field>
  );
}

/** How a number is typed: as it is, or in percent of the ratio that it stands for. */
type Scale = "plain" | "percent";

function writeNumber(value: number, scale: Scale): string {
  if (Number.isNaN(value)) return "";
  return writeDecimal(scale === "percent" ? percentOfRatio(value) : value);
}

function readNumber(text: string, scale: Scale): number {
  if (text.trim() === "") return NaN;
  const number = Number(text.trim().replace(",", "."));
  return scale === "percent" ? ratioOfPercent(number) : number;
}

type NumberFieldProps = Part<number> & FieldProps & { scale?: Scale };

/** A number; what cannot be read stays as it was typed and is NaN in the definition. */
export function NumberField({ value, onChange, path, scale = "plain", ...field }: NumberFieldProps) {
  const { error, touch } = useField(path);
  const [typed, setTyped] = useState(writeNumber(value, scale));
  const text = Object.is(readNumber(typed, scale), value) ? typed : writeNumber(value, scale);
  return (
    <Field {...field} error={error}>
      {(control) => (
        <Input
          {...control}
          value={text}
          inputMode="decimal"
          autoComplete="off"
          data-path={path}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(readNumber(event.target.value, scale));
          }}
          onBlur={touch}
        />
      )}
    </Field>
  );
}

type ChoiceFieldProps<T extends string> = Part<T> &
  FieldProps & { choices: readonly (Choice & { value: T })[] };

/** One of a few. */
export function ChoiceField<T extends string>({
  value,
  onChange,
  path,
  choices,
  ...field
}: ChoiceFieldProps<T>) {
  const { error, touch } = useField(path);
  return (
    <Field {...field} error={error}>
      {(control) => (
        <Select
          {...control}
          choices={choices}
          value={value}
          data-path={path}
          onChange={(event) => onChange(event.target.value as T)}
          onBlur={touch}
        />
      )}
    </Field>
  );
}

/** What is wrong with something that has no field of its own, such as a list. */
export function PlaceError({ path }: { path: string }) {
  const { error } = useField(path);
  if (error === undefined) return null;
  return <p className="text-small text-critical mt-1">{error}</p>;
}

interface SectionProps {
  title: string;
  /** What this part is about, where the title does not say it. */
  about?: string;
  children: ReactNode;
}

/** A part of the form. */
export function Section({ title, about, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <h2 id={id} className="text-lead font-semibold">
        {title}
      </h2>
      {about && <p className="text-dim mt-0.5 max-w-prose">{about}</p>}
      <div className="mt-3 grid gap-3">{children}</div>
    </section>
  );
}

/** Adds a line to a list. */
export function AddButton({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <Button onClick={onClick} className="justify-self-start">
      <Plus size={13} aria-hidden="true" />
      {children}
    </Button>
  );
}

/** Takes a line out of a list. */
export function RemoveButton({
  label,
  onClick,
  className = "mt-5.5",
}: {
  label: string;
  onClick: () => void;
  className?: string;
}) {
  return (
    <Button variant="ghost" size="icon" aria-label={label} onClick={onClick} className={className}>
      <X size={14} aria-hidden="true" />
    </Button>
  );
}

/** A list with one entry replaced. */
export function replaced<T>(list: readonly T[], at: number, next: T): T[] {
  return list.map((one, index) => (index === at ? next : one));
}

/** A list without one entry. */
export function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, index) => index !== at);
}
