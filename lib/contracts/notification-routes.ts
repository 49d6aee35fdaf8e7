import { z } from "zod";
import { Done } from "./access-routes.ts";
import type { ApiRoute } from "./api-route.ts";
import * as notifications from "./notifications.ts";
import * as onCall from "./on-call.ts";

const Nothing = z.strictObject({});
export const ChannelAnswer = z.object({ channel: notifications.Channel });
export const PolicyAnswer = z.object({ policy: onCall.Policy });
export const ChannelsAnswer = z.object({ channels: z.array(notifications.Channel) });

/** The addresses of channels, what is told there, and who is told and called. */
export const NOTIFICATION_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/channels",
    access: "notifications:read",
    summary: "Where people are told, and how that goes",
    input: Nothing,
    output: ChannelsAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/channels",
    access: "notifications:write",
    summary: "Make a channel; its secret is never answered",
    input: notifications.CreateChannel,
    output: ChannelAnswer,
  },
  {
    method: "PUT",
    path: "/api/v1/channels/{channel}",
    access: "notifications:write",
    summary: "Change a channel; a secret that is left out stays, a stale version answers 409",
    input: notifications.PutChannel,
    output: ChannelAnswer,
  },
  {
    method: "DELETE",
    path: "/api/v1/channels/{channel}",
    access: "notifications:write",
    summary: "Remove a channel with its delivery log; refused while routing or escalation name it",
    input: notifications.OneChannel,
    output: Done,
  },
  {
    method: "POST",
    path: "/api/v1/channels/{channel}/test",
    access: "notifications:write",
    summary: "Send a test at once",
    input: notifications.OneChannel,
    output: notifications.ChannelTest,
  },
  {
    method: "GET",
    path: "/api/v1/notifications",
    access: "notifications:read",
    summary: "The delivery log, newest first: waiting, sent, dropped, dead, with each attempt",
    input: notifications.ListNotifications,
    output: notifications.NotificationPage,
  },
  {
    method: "POST",
    path: "/api/v1/notifications/{notification}/resend",
    access: "notifications:write",
    summary: "Have a dead or dropped message sent again",
    input: notifications.OneNotification,
    output: Done,
  },
  {
    method: "GET",
    path: "/api/v1/notifications/policies/{kind}",
    access: "notifications:read",
    summary: "The document in force: routing, on_call or escalation",
    input: onCall.OnePolicy,
    output: PolicyAnswer,
  },
  {
    method: "PUT",
    path: "/api/v1/notifications/policies/{kind}",
    access: "notifications:write",
    summary: "Put a new version of a document in force; a stale version answers 409 with the current one",
    input: onCall.PutPolicy,
    output: PolicyAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/on-call",
    access: "incidents:read",
    summary: "Who is on call now and next, rotation by rotation",
    input: Nothing,
    output: onCall.OnCall,
  },
];
