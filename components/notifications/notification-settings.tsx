import type { Channel } from "#lib/contracts/notifications.ts";
import type { OnCall, Policy } from "#lib/contracts/on-call.ts";
import { ChannelsCard } from "./channels-card.tsx";
import { LogCard } from "./log-card.tsx";
import { PolicyCard } from "./policy-card.tsx";
import { WhoIsOnCall } from "./who-is-on-call.tsx";

/** What the page begins with. */
export interface NotificationSettingsData {
  channels: { channels: Channel[] };
  routing: Policy;
  onCall: Policy;
  escalation: Policy;
  duties: OnCall;
}

/** Where people are told, of what, who is called when nobody answers, and what came of it. */
export function NotificationSettings({
  channels,
  routing,
  onCall,
  escalation,
  duties,
}: NotificationSettingsData) {
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
      <ChannelsCard initial={channels} />
      <PolicyCard
        title="Routing"
        about="Who is told of what. Every rule that matches counts, each channel is told once."
        empty="Nobody is told of anything: there is no rule."
        initial={routing}
        channels={channels}
      />
      <PolicyCard
        title="On-call"
        about="Who is called. Turns change at a time of day in their zone, also when the clock changes."
        empty="There is no rotation yet."
        initial={onCall}
        channels={channels}
      >
        <WhoIsOnCall initial={duties} policy={onCall} />
      </PolicyCard>
      <PolicyCard
        title="Escalation"
        about="Who is told when nobody has acknowledged in time (P1 5 min, P2 1 h, P3 4 h, P4 the next business day)."
        empty="Nobody is told again."
        initial={escalation}
        channels={channels}
      />
      <LogCard />
    </div>
  );
}
