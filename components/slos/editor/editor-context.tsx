"use client";

import { createContext, use, useMemo, useState, type ReactNode } from "react";
import type { FieldIssue } from "./editor-definition.ts";

interface Fields {
  /** What is wrong with a field, once somebody has been there or tried to save. */
  errorOf: (path: string) => string | undefined;
  touch: (path: string) => void;
}

const Context = createContext<Fields | null>(null);

interface EditorFieldsProps {
  issues: readonly FieldIssue[];
  /** Every issue is shown, not only those of fields that were visited. */
  showAll: boolean;
  children: ReactNode;
}

/** Tells every field below what is wrong with it. */
export function EditorFields({ issues, showAll, children }: EditorFieldsProps) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const fields = useMemo<Fields>(
    () => ({
      errorOf: (path) =>
        showAll || touched.has(path) ? issues.find((issue) => issue.path === path)?.message : undefined,
      touch: (path) => setTouched((before) => (before.has(path) ? before : new Set(before).add(path))),
    }),
    [issues, showAll, touched],
  );
  return <Context value={fields}>{children}</Context>;
}

/** The state of a field by its path. */
export function useField(path: string): { error: string | undefined; touch: () => void } {
  const fields = use(Context);
  if (!fields) throw new Error("useField needs EditorFields above it");
  return { error: fields.errorOf(path), touch: () => fields.touch(path) };
}
