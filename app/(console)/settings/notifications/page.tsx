import type { Metadata } from "next";
import { NotificationSettings } from "#components/notifications/notification-settings.tsx";
import type { Actor } from "#lib/server/auth/actor.ts";
import { listChannels } from "#lib/server/services/notifications/channels.ts";
import { getOnCall } from "#lib/server/services/notifications/on-call.ts";
import { getPolicy } from "#lib/server/services/notifications/policies.ts";
import { loadSetting } from "../load-setting.tsx";

export const metadata: Metadata = { title: "Notifications" };

async function load(actor: Actor) {
  const policy = async (kind: string) => (await getPolicy(actor, { kind })).policy;
  const [channels, routing, onCall, escalation, duties] = await Promise.all([
    listChannels(actor),
    policy("routing"),
    policy("on_call"),
    policy("escalation"),
    getOnCall(actor),
  ]);
  return { channels, routing, onCall, escalation, duties };
}

export default function NotificationsPage() {
  return loadSetting(load, (data) => <NotificationSettings {...data} />);
}
