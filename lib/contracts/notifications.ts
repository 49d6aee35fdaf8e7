import { z } from "zod";
import { NOTIFICATION_EVENTS, NOTIFICATION_STATES } from "#lib/domain/notifications/event.ts";
import { isZone } from "#lib/domain/slo/time/zone.ts";
import { Email } from "./access.ts";
import { Tier } from "./cluster.ts";
import { Severity } from "./incident-events.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const version = z.int().min(1);
const webAddress = z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).max(2_000);
const key = z
  .string()
  .trim()
  .min(8, "is too short")
  .max(500)
  .regex(/^[\x21-\x7e]+$/, "must be letters, digits and signs without blanks");
const nothing = z.strictObject({});

export const NotificationEvent = z.enum(NOTIFICATION_EVENTS);
export const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must read HH:MM");
export const Zone = z.string().max(64).refine(isZone, "is no time zone, such as Europe/Berlin");

/** What may be read of a channel's settings, and what may only be written, by kind. */
const SETTINGS = {
  discord: { config: nothing, secret: z.strictObject({ url: webAddress }) },
  slack: { config: nothing, secret: z.strictObject({ url: webAddress }) },
  /** A channel for each incident, made through the Web API; its name begins with the prefix. */
  slack_incident: {
    config: z.strictObject({
      prefix: z
        .string()
        .regex(/^[a-z0-9_-]{0,30}$/, "must be lower-case letters, digits and dashes")
        .default(""),
      apiUrl: webAddress.default("https://slack.com/api"),
    }),
    secret: z.strictObject({ token: key }),
  },
  /** By the mail server of the setting SMTP_URL. */
  email: {
    config: z.strictObject({ from: Email, to: z.array(Email).min(1, "is needed").max(20) }),
    secret: nothing,
  },
  pagerduty: {
    config: z.strictObject({ url: webAddress.default("https://events.pagerduty.com/v2/enqueue") }),
    secret: z.strictObject({ routingKey: key }),
  },
  webhook: {
    config: nothing,
    secret: z.strictObject({ url: webAddress, signingSecret: key.min(16, "is too short") }),
  },
} as const;
export type ChannelKind = keyof typeof SETTINGS;
export const CHANNEL_KINDS = Object.keys(SETTINGS) as [ChannelKind, ...ChannelKind[]];
export const ChannelKind = z.enum(CHANNEL_KINDS);
export type ChannelConfig<K extends ChannelKind> = z.infer<(typeof SETTINGS)[K]["config"]>;
export type ChannelSecret<K extends ChannelKind> = z.infer<(typeof SETTINGS)[K]["secret"]>;
/** The schemas of a kind's settings. */
export function settingsOf<K extends ChannelKind>(kind: K): (typeof SETTINGS)[K] {
  return SETTINGS[kind];
}

/** A place where people are told; its secret can be set, never read. */
export const Channel = z.object({
  id,
  name: z.string(),
  kind: ChannelKind,
  config: z.record(z.string(), z.unknown()),
  enabled: z.boolean(),
  version,
  waiting: z.int(),
  dead: z.int(),
  lastSentAt: moment.nullable(),
});
export type Channel = z.infer<typeof Channel>;

const settings = z.record(z.string(), z.unknown());
const channelFields = {
  name: visibleText(60),
  enabled: z.boolean().default(true),
  config: settings.default({}),
};
/** `config` and `secret` are then held against the kind's own fields. */
export const CreateChannel = z.strictObject({ ...channelFields, kind: ChannelKind, secret: settings });
/** Left out, the secret that is set stays. */
export const PutChannel = z.strictObject({
  ...channelFields,
  channel: id,
  version,
  secret: settings.optional(),
});
export const OneChannel = z.strictObject({ channel: id });
export const ChannelTest = z.object({ outcome: z.enum(["sent", "failed"]), detail: z.string() });
export type ChannelTest = z.infer<typeof ChannelTest>;

export const NotificationState = z.enum(NOTIFICATION_STATES);
export type NotificationState = z.infer<typeof NotificationState>;
export const Notification = z.object({
  id,
  channel: z.object({ id, name: z.string() }),
  incidentId: z.string().nullable(),
  releaseId: z.string().nullable(),
  event: z.string(),
  text: z.string(),
  state: NotificationState,
  attempts: z.int(),
  dueAt: moment,
  createdAt: moment,
  sentAt: moment.nullable(),
  lastError: z.string().nullable(),
  /** The message it went out in, where several were told at once. */
  bundle: z.string().nullable(),
  log: z.array(z.object({ at: moment, outcome: z.string(), detail: z.string().nullable() })),
});
export type Notification = z.infer<typeof Notification>;
/** A page of the delivery log. */
export const NotificationPage = z.object({
  notifications: z.array(Notification),
  nextCursor: z.string().nullable(),
});
export const ListNotifications = z.strictObject({
  state: NotificationState.optional(),
  channel: id.optional(),
  incident: id.optional(),
  /** The id after which the page begins. */
  cursor: id.optional(),
});
export type ListNotifications = z.infer<typeof ListNotifications>;
export const OneNotification = z.strictObject({ notification: id });

/** Ids of channels; "all" are all that there are. */
export const ChannelChoice = z.union([z.literal("all"), z.array(id).max(50)]);
export const RoutingRule = z.strictObject({
  name: visibleText(80),
  events: z.array(NotificationEvent).max(20),
  severities: z.array(Severity).max(4),
  services: z.array(z.string().min(1).max(253)).max(100),
  tiers: z.array(Tier).max(4),
  channels: ChannelChoice,
});
export const QuietHours = z
  .strictObject({
    severities: z.array(Severity).min(1, "at least one severity").max(4),
    zone: Zone,
    from: TimeOfDay,
    to: TimeOfDay,
  })
  .refine(({ from, to }) => from !== to, { path: ["to"], message: "must differ from the beginning" })
  .refine(({ severities }) => !severities.includes("P1"), {
    path: ["severities"],
    message: "P1 is told at any hour",
  });
export const RoutingDocument = z.strictObject({
  rules: z.array(RoutingRule).max(100),
  quietHours: QuietHours.nullable(),
});
export type RoutingDocument = z.infer<typeof RoutingDocument>;
