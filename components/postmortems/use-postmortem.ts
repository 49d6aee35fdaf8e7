"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { currentOf, problemOf } from "#lib/client/fetch-json.ts";
import { POSTMORTEMS_KEY, postmortemQuery, savePostmortem } from "#lib/client/postmortems.queries.ts";
import { INCIDENTS_KEY } from "#lib/client/incidents.queries.ts";
import type { Postmortem } from "#lib/contracts/postmortems.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { mergeSections } from "#lib/domain/postmortems/merge-sections.ts";
import { SECTION_KEYS, type SectionKey, type Sections } from "#lib/domain/postmortems/sections.ts";

const asPostmortem = async () => (await import("#lib/contracts/postmortems.ts")).Postmortem;

type Saved = Pick<Postmortem, "version" | "sections">;

const differs = (a: Sections, b: Sections) => SECTION_KEYS.some((key) => a[key] !== b[key]);

/** A post-mortem under one's hands: what was typed, what it was typed on, and what others saved meanwhile. */
export function usePostmortem(initial: Postmortem) {
  const client = useQueryClient();
  const { id } = initial.incident;
  const newest = useQuery({ ...postmortemQuery(id), initialData: initial }).data;
  const [base, setBase] = useState<Saved>(initial);
  const [mine, setMine] = useState(initial.sections);
  const [theirs, setTheirs] = useState<Partial<Sections>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const dirty = differs(mine, base.sections);

  const adopt = (saved: Saved) => {
    setBase(saved);
    setMine(saved.sections);
    setTheirs({});
  };
  /** Puts what others saved under what was typed here; where both changed a section, both are shown. */
  const merge = (saved: Saved) => {
    const merged = mergeSections(base.sections, mine, saved.sections);
    setBase(saved);
    setMine(merged.sections);
    setTheirs(Object.fromEntries(merged.conflicts.map((key) => [key, saved.sections[key]])));
  };
  // Nothing was typed here: what others saved, or what the facts say by now, is simply shown.
  if (!dirty && (newest.version > base.version || (newest.version === 0 && differs(newest.sections, mine)))) {
    adopt(newest);
  }

  /** Takes over what the server answered to a change. */
  const put = (postmortem: Postmortem) => {
    client.setQueryData(postmortemQuery(id).queryKey, postmortem);
    void client.invalidateQueries({ queryKey: [INCIDENTS_KEY] });
    setProblem(null);
  };
  const refuse = async (error: unknown) => {
    const refusal = problemOf(error);
    setProblem(refusal);
    const current = await currentOf(asPostmortem, refusal);
    if (!current) return;
    client.setQueryData([POSTMORTEMS_KEY, id], current);
    if (current.version > base.version) merge(current);
  };
  const save = useMutation({
    mutationFn: (ready: boolean) => savePostmortem(id, { version: base.version, sections: mine, ready }),
    onSuccess: (postmortem) => {
      put(postmortem);
      adopt(postmortem);
    },
    onError: refuse,
  });
  const write = (key: SectionKey, text: string) => setMine({ ...mine, [key]: text });
  const settle = (key: SectionKey, text: string) => {
    write(key, text);
    setTheirs(Object.fromEntries(Object.entries(theirs).filter(([one]) => one !== key)));
  };
  const behind = newest.version > base.version;
  /** Sections that both changed and nobody has decided on: saving now would put mine over theirs unread. */
  const unsettled = Object.keys(theirs).length;
  const maySave = !save.isPending && unsettled === 0 && (dirty || newest.version === 0);
  return {
    ...{ newest, mine, theirs, dirty, behind, unsettled, maySave, problem },
    ...{ write, settle, merge, put, refuse, save },
  };
}

export type PostmortemEdit = ReturnType<typeof usePostmortem>;
