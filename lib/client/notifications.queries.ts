import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { Done } from "#lib/contracts/access-routes.ts";
import type {
  Channel,
  ChannelTest,
  CreateChannel,
  NotificationState,
  PutChannel,
} from "#lib/contracts/notifications.ts";
import type { Policy, PolicyKind } from "#lib/contracts/on-call.ts";
import { fetchJson } from "./fetch-json.ts";

const asChannelAnswer = async () => (await import("#lib/contracts/notification-routes.ts")).ChannelAnswer;
const asChannelTest = async () => (await import("#lib/contracts/notifications.ts")).ChannelTest;
const asChannelsAnswer = async () => (await import("#lib/contracts/notification-routes.ts")).ChannelsAnswer;
const asDone = async () => (await import("#lib/contracts/access-routes.ts")).Done;
const asNotificationPage = async () => (await import("#lib/contracts/notifications.ts")).NotificationPage;
const asOnCall = async () => (await import("#lib/contracts/on-call.ts")).OnCall;
const asPolicyAnswer = async () => (await import("#lib/contracts/notification-routes.ts")).PolicyAnswer;

const CHANNELS = "/api/v1/channels";
const LOG = "/api/v1/notifications";
const FRESH_MS = 10_000;
const channelPath = (id: string) => `${CHANNELS}/${encodeURIComponent(id)}`;

const withBody = (method: string, body: object): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** Where people are told, and how that goes. */
export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) => fetchJson(asChannelsAnswer, CHANNELS, { signal }),
  staleTime: FRESH_MS,
  refetchInterval: FRESH_MS,
});

/** Makes a channel. Throws a ProblemError. */
export async function createChannel(channel: z.input<typeof CreateChannel>): Promise<Channel> {
  return (await fetchJson(asChannelAnswer, CHANNELS, withBody("POST", channel))).channel;
}

/** Changes a channel. Throws a ProblemError: `conflict` carries it as it is now. */
export async function putChannel({ channel, ...fields }: z.input<typeof PutChannel>): Promise<Channel> {
  return (await fetchJson(asChannelAnswer, channelPath(channel), withBody("PUT", fields))).channel;
}

/** Removes a channel with its delivery log. Throws a ProblemError. */
export function deleteChannel(id: string): Promise<Done> {
  return fetchJson(asDone, channelPath(id), { method: "DELETE" });
}

/** Sends a test to a channel at once. Throws a ProblemError. */
export function testChannel(id: string): Promise<ChannelTest> {
  return fetchJson(asChannelTest, `${channelPath(id)}/test`, withBody("POST", {}));
}

/** The delivery log, newest first; null: of every state, of every channel. */
export function notificationsQuery(state: NotificationState | null, channel: string | null) {
  return infiniteQueryOptions({
    queryKey: ["notifications", state, channel],
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor,
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        ...(state === null ? {} : { state }),
        ...(channel === null ? {} : { channel }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      });
      return fetchJson(asNotificationPage, `${LOG}?${query.toString()}`, { signal });
    },
  });
}

/** Has a dead or dropped message sent again. Throws a ProblemError. */
export function resendNotification(id: string): Promise<Done> {
  return fetchJson(asDone, `${LOG}/${encodeURIComponent(id)}/resend`, withBody("POST", {}));
}

/** A document in force. */
export function policyQuery(kind: PolicyKind) {
  return queryOptions({
    queryKey: ["notification-policies", kind],
    staleTime: FRESH_MS,
    queryFn: async ({ signal }) =>
      (await fetchJson(asPolicyAnswer, `${LOG}/policies/${kind}`, { signal })).policy,
  });
}

/** Puts a new version of a document in force. Throws a ProblemError: `conflict` carries the one in force. */
export async function putPolicy(kind: PolicyKind, version: number, document: object): Promise<Policy> {
  const path = `${LOG}/policies/${kind}`;
  return (await fetchJson(asPolicyAnswer, path, withBody("PUT", { version, document }))).policy;
}

/** Who is on call now and next. */
export const onCallQuery = queryOptions({
  queryKey: ["on-call"],
  queryFn: ({ signal }) => fetchJson(asOnCall, "/api/v1/on-call", { signal }),
  staleTime: FRESH_MS,
  refetchInterval: 60_000,
});
