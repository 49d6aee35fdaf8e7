import { z } from "zod";

/** RFC 3339 with any fraction: Alertmanager writes nanoseconds in webhooks and milliseconds in its API. */
const instant = z.iso.datetime({ offset: true });
const Labels = z.record(z.string(), z.string());

/** One alert of a delivery. Unknown fields are let be; without a fingerprint the labels themselves identify it. */
export const DeliveredAlert = z.object({
  status: z.enum(["firing", "resolved"]),
  labels: Labels,
  annotations: Labels.default({}),
  startsAt: instant,
  endsAt: instant.optional(),
  generatorURL: z.string().optional(),
  fingerprint: z.string().min(1).max(64).optional(),
});
export type DeliveredAlert = z.infer<typeof DeliveredAlert>;

/** A delivery of Alertmanager's webhook, version 4, as far as it is a delivery at all: each alert is read on its own. */
export const Delivery = z.object({
  version: z.literal("4"),
  alerts: z.array(z.unknown()),
  truncatedAlerts: z.number().int().min(0).default(0),
});
export type Delivery = z.infer<typeof Delivery>;

export const Delivered = z.object({ received: z.literal(true) });
