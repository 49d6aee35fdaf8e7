"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState, type ReactNode } from "react";
import { channelsQuery, onCallQuery, policyQuery } from "#lib/client/notifications.queries.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import type { Policy } from "#lib/contracts/on-call.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Card } from "./card.tsx";
import { linesOf, namesOf } from "./policy-words.ts";

const PolicyEditor = dynamic(() => import("./policy-editor.tsx").then((module) => module.PolicyEditor), {
  loading: () => <ListSkeleton rows={4} rowHeight="h-12" />,
});

interface PolicyCardProps {
  title: string;
  about: string;
  /** What it means that the document says nothing. */
  empty: string;
  initial: Policy;
  channels: { channels: Channel[] };
  children?: ReactNode;
}

/** A document that people set: what it says, and a way to change it. */
export function PolicyCard({ title, about, empty, initial, channels, children }: PolicyCardProps) {
  const { data: policy } = useQuery({ ...policyQuery(initial.kind), initialData: initial });
  const known = useQuery({ ...channelsQuery, initialData: channels }).data.channels;
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const lines = linesOf(policy.kind, policy.document, namesOf(known));
  const saved = (now: Policy) => {
    client.setQueryData(policyQuery(policy.kind).queryKey, now);
    void client.invalidateQueries({ queryKey: policyQuery(policy.kind).queryKey });
    void client.invalidateQueries({ queryKey: onCallQuery.queryKey });
  };
  if (open)
    return (
      <Card title={title} about={about}>
        <PolicyEditor
          title={title}
          policy={policy}
          channels={known}
          onSaved={saved}
          onClose={() => setOpen(false)}
        />
      </Card>
    );
  return (
    <Card
      title={title}
      about={about}
      actions={
        <GuardedButton
          action="notifications:write"
          aria-label={`Change ${title.toLowerCase()}`}
          onClick={() => setOpen(true)}
        >
          Change
        </GuardedButton>
      }
    >
      {children}
      {lines.length === 0 && <p className="text-dim">{empty}</p>}
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[minmax(80px,max-content)_1fr]">
        {lines.map(({ name, says }, at) => (
          <div key={`${at} ${name}`} className="contents">
            <dt className="font-medium">
              <bdi>{name}</bdi>
            </dt>
            <dd className="text-dim max-sm:mb-1.5">
              <bdi>{says}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {policy.savedAt && (
        <p className="text-small text-faint mt-2">
          Version {policy.version}
          {policy.savedBy?.name && (
            <>
              {" by "}
              <bdi>{policy.savedBy.name}</bdi>
            </>
          )}
          , <Age at={policy.savedAt} />
        </p>
      )}
    </Card>
  );
}
