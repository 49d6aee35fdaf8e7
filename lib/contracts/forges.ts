import { z } from "zod";

/** Where deployments are held until the gate answers them. */
export const FORGES = ["github", "gitlab"] as const;
export const ForgeName = z.enum(FORGES);
export type ForgeName = z.infer<typeof ForgeName>;

/** As the forge writes it, for it is compared and sent back; what a database cannot keep is none. */
const storable = (text: string) => !/[\p{Cc}\p{Cs}]/u.test(text);
const name = z.string().min(1).max(255).refine(storable, "has characters that cannot be kept");
const number = z.int().min(1);
const commit = z.string().regex(/^[0-9a-fA-F]{7,64}$/, "must be a commit's hash");
const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine(storable, "has characters that cannot be kept");

/** GitHub's event `deployment_protection_rule`, as far as it is read here; unknown fields are let be. */
export const ProtectionRuleRequested = z.object({
  action: z.literal("requested"),
  environment: name,
  deployment_callback_url: webAddress,
  deployment: z.object({ id: number, ref: name, sha: commit }),
  repository: z.object({ id: number, full_name: name }),
  installation: z.object({ id: number }),
  sender: z.object({ login: name }),
});
export type ProtectionRuleRequested = z.infer<typeof ProtectionRuleRequested>;

/** GitLab's event `deployment` of one that waits for an approval; unknown fields are let be. */
export const DeploymentBlocked = z.object({
  object_kind: z.literal("deployment"),
  status: z.literal("blocked"),
  deployment_id: number,
  deployable_url: webAddress.nullish(),
  environment: name,
  project: z.object({ id: number, path_with_namespace: name }),
  short_sha: commit,
  /** Ends in the whole hash. */
  commit_url: webAddress,
  user: z.object({ username: name }),
  ref: name.nullish(),
});
export type DeploymentBlocked = z.infer<typeof DeploymentBlocked>;

/** A deployment that a forge holds, in our words. */
export const HeldDeployment = z.object({
  repository: name,
  environment: name,
  /** The branch or tag it comes from; null where the forge does not say. */
  ref: name.nullable(),
  commit,
  requestedBy: name,
  /** Where people see it. */
  link: webAddress.nullable(),
  /** Where and how to answer; each forge reads its own. */
  callback: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type HeldDeployment = z.infer<typeof HeldDeployment>;

/** Answered once it is written down; other events answer 204. */
export const EventReceived = z.object({ received: z.literal(true) });
export type EventReceived = z.infer<typeof EventReceived>;
