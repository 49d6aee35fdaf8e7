"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { channelsQuery, testChannel } from "#lib/client/notifications.queries.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Card } from "./card.tsx";
import { CHANNEL_WORDS } from "./channel-words.ts";

const ChannelDialog = dynamic(() => import("./channel-dialog.tsx").then((module) => module.ChannelDialog));
const RemoveDialog = dynamic(() => import("./remove-dialog.tsx").then((module) => module.RemoveDialog));

function TestButton({ channel }: { channel: Channel }) {
  const mutation = useMutation({ mutationFn: () => testChannel(channel.id) });
  const answer = mutation.data;
  const problem = mutation.error && problemOf(mutation.error);
  return (
    <>
      <span role="status" className={answer?.outcome === "sent" ? "text-dim" : "text-critical"}>
        {answer && (answer.outcome === "sent" ? "✓ it was taken" : `✗ ${answer.detail}`)}
        {problem && `✗ ${problem.detail}`}
      </span>
      <GuardedButton
        action="notifications:write"
        disabled={mutation.isPending}
        aria-label={`Send a test to ${channel.name}`}
        onClick={() => mutation.mutate()}
      >
        {mutation.isPending ? "Sending" : "Test"}
      </GuardedButton>
    </>
  );
}

function stateOf({ enabled, waiting, dead }: Channel): string {
  const counts = [waiting > 0 ? `${waiting} waiting` : "", dead > 0 ? `■ ${dead} dead` : ""].filter(Boolean);
  return [enabled ? "" : "○ switched off", ...counts].filter(Boolean).join(" · ");
}

interface RowProps {
  channel: Channel;
  onChange: () => void;
  onRemove: () => void;
}

function ChannelRow({ channel, onChange, onRemove }: RowProps) {
  return (
    <li className="border-line-soft flex flex-wrap items-center gap-x-3 gap-y-2 border-t py-2">
      <div className="mr-auto min-w-0 max-sm:basis-full">
        <p className="truncate font-medium">
          <bdi>{channel.name}</bdi>
        </p>
        <p className="text-small text-dim">
          {CHANNEL_WORDS[channel.kind].label}
          {channel.lastSentAt && <Age at={channel.lastSentAt} prefix=" · last message " />}
          {stateOf(channel) !== "" && <span className="text-ink"> · {stateOf(channel)}</span>}
        </p>
      </div>
      <TestButton channel={channel} />
      <GuardedButton action="notifications:write" aria-label={`Change ${channel.name}`} onClick={onChange}>
        Change
      </GuardedButton>
      <GuardedButton action="notifications:write" aria-label={`Remove ${channel.name}`} onClick={onRemove}>
        Remove
      </GuardedButton>
    </li>
  );
}

/** Where people are told. */
export function ChannelsCard({ initial }: { initial: { channels: Channel[] } }) {
  const { data } = useQuery({ ...channelsQuery, initialData: initial });
  const client = useQueryClient();
  const [open, setOpen] = useState<"new" | { channel: Channel; remove: boolean } | null>(null);
  const changed = () => void client.invalidateQueries({ queryKey: channelsQuery.queryKey });
  const close = () => setOpen(null);
  return (
    <Card
      title="Channels"
      about="Where people are told. Addresses and keys are kept sealed and never shown again."
      actions={
        <GuardedButton action="notifications:write" onClick={() => setOpen("new")}>
          <Plus size={14} aria-hidden="true" />
          Add a channel
        </GuardedButton>
      }
    >
      {data.channels.length === 0 ? (
        <EmptyState title="Nobody is told anywhere yet">
          <p>Add a channel: from then on it is told of every incident, until routing says otherwise.</p>
        </EmptyState>
      ) : (
        <ul>
          {data.channels.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              onChange={() => setOpen({ channel, remove: false })}
              onRemove={() => setOpen({ channel, remove: true })}
            />
          ))}
        </ul>
      )}
      {open === "new" && <ChannelDialog channel={null} onSaved={changed} onClose={close} />}
      {open && open !== "new" && !open.remove && (
        <ChannelDialog channel={open.channel} onSaved={changed} onClose={close} />
      )}
      {open && open !== "new" && open.remove && (
        <RemoveDialog channel={open.channel} onRemoved={changed} onClose={close} />
      )}
    </Card>
  );
}
