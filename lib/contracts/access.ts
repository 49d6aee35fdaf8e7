import { z } from "zod";
import { MIN_PASSWORD_LENGTH } from "#lib/domain/access/password.ts";
import { MATCH_OPERATORS } from "#lib/domain/access/matchers.ts";
import { patternProblem } from "#lib/domain/access/matcher-pattern.ts";
import { ROLES, SCOPES } from "#lib/domain/access/permissions.ts";
import { visibleText } from "./text.ts";

export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
export const Scope = z.enum(SCOPES);
export type Scope = z.infer<typeof Scope>;

/** Longer ones would only make hashing a way to keep the server busy. */
const MAX_PASSWORD_LENGTH = 128;
const MAX_MATCHERS = 10;

export const Email = z.email().max(254).toLowerCase();
export const PersonName = visibleText(100);
/** scrypt's HMAC pads with NUL: a password and the same with NUL behind it would be one. */
const password = z
  .string()
  .max(MAX_PASSWORD_LENGTH)
  .refine((text) => !text.includes("\0"), "has a character that cannot be typed");
export const NewPassword = password.min(MIN_PASSWORD_LENGTH);
const GivenPassword = password.min(1);
const Id = z
  .string()
  .max(64)
  .regex(/^[\w-]+$/, "must be an id");
const Roles = z
  .array(Role)
  .min(1)
  .max(ROLES.length)
  .refine((roles) => new Set(roles).size === roles.length, "a role is named twice");
const Version = z.int().min(1);
const moment = z.iso.datetime();

export const LabelMatcher = z
  .strictObject({
    label: z
      .string()
      .max(200)
      .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "must be a label name"),
    operator: z.enum(MATCH_OPERATORS),
    value: visibleText(500),
  })
  .superRefine(({ operator, value }, context) => {
    const problem = operator.endsWith("~") ? patternProblem(value) : null;
    if (problem !== null) context.addIssue({ code: "custom", path: ["value"], message: problem });
  });
export type LabelMatcher = z.infer<typeof LabelMatcher>;
const Matchers = z.array(LabelMatcher).max(MAX_MATCHERS);

/** Who is asking, for the pages: what they may do follows from the table both sides share. */
export const Me = z.object({
  kind: z.enum(["person", "token", "anonymous"]),
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  roles: z.array(Role),
  scopes: z.union([z.literal("all"), z.array(Scope)]),
  mustChangePassword: z.boolean(),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const SignIn = z.strictObject({ email: Email, password: GivenPassword });
export const SignInAnswer = z.object({ status: z.enum(["signed_in", "second_factor"]) });
export type SignInAnswer = z.infer<typeof SignInAnswer>;
/** Six digits of an authenticator, or one of the backup codes. */
export const SecondFactorCode = z.strictObject({ code: z.string().trim().min(6).max(32) });
/** `next` is a path of ours to go on to. */
export const StartOidc = z.strictObject({ next: z.string().max(2000).optional() });
export const OidcStart = z.object({ url: z.url() });

export const SetUp = z.strictObject({
  code: z.string().trim().min(1).max(64),
  name: PersonName,
  email: Email,
  password: NewPassword,
});

export const ChangePassword = z.strictObject({ current: GivenPassword, next: NewPassword });
export const ConfirmPassword = z.strictObject({ password: GivenPassword });
/** Shown once. `uri` is what an authenticator app reads as a QR code. */
export const SecondFactorStart = z.object({ uri: z.string(), backupCodes: z.array(z.string()) });
export type SecondFactorStart = z.infer<typeof SecondFactorStart>;

export const Session = z.object({
  id: z.string(),
  createdAt: moment,
  lastUsedAt: moment,
  expiresAt: moment,
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;
export const OneSession = z.strictObject({ session: Id });

export const Person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(Role),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  signsInWith: z.array(z.enum(["password", "oidc"])),
  sessions: z.int(),
  lastSeenAt: moment.nullable(),
  createdAt: moment,
  version: z.int(),
});
export type Person = z.infer<typeof Person>;
export const OnePerson = z.strictObject({ person: Id });
/** Left out, `password` is made by us and shown once; either way it must be changed on first use. */
export const CreatePerson = z.strictObject({
  name: PersonName,
  email: Email,
  roles: Roles,
  password: NewPassword.optional(),
});
export type CreatePerson = z.infer<typeof CreatePerson>;
export const CreatedPerson = z.object({ person: Person, password: z.string() });
export const PatchPerson = z.strictObject({
  person: Id,
  version: Version,
  name: PersonName.optional(),
  roles: Roles.optional(),
  disabled: z.boolean().optional(),
});
export type PatchPerson = z.infer<typeof PatchPerson>;
export const ResetPassword = z.object({ password: z.string() });

export const RoleEntry = z.object({
  role: Role,
  actions: z.array(z.string()),
  /** Whoever holds the role sees only series that match. */
  matchers: z.array(LabelMatcher),
  people: z.int(),
  version: z.int(),
});
export type RoleEntry = z.infer<typeof RoleEntry>;
export const PatchRole = z.strictObject({ role: Role, version: z.int().min(0), matchers: Matchers });
export type PatchRole = z.infer<typeof PatchRole>;

export const ApiToken = z.object({
  id: z.string(),
  name: z.string(),
  /** The last four characters, to tell tokens apart. */
  hint: z.string(),
  role: Role,
  scopes: z.array(Scope),
  matchers: z.array(LabelMatcher),
  owner: z.object({ id: z.string(), name: z.string() }),
  createdAt: moment,
  expiresAt: moment.nullable(),
  lastUsedAt: moment.nullable(),
  revokedAt: moment.nullable(),
  /** What the token is worth now: its owner may have lost the role, or left. */
  state: z.enum(["active", "expired", "revoked", "powerless"]),
});
export type ApiToken = z.infer<typeof ApiToken>;
export const CreateToken = z.strictObject({
  name: visibleText(100),
  role: Role,
  scopes: z.array(Scope).min(1).max(SCOPES.length),
  matchers: Matchers.default([]),
  /** Days until it expires; null: never. */
  expiresInDays: z.int().min(1).max(3650).nullable(),
});
export type CreateToken = z.input<typeof CreateToken>;
/** `secret` is shown this once. */
export const CreatedToken = z.object({ token: ApiToken, secret: z.string() });
export const OneToken = z.strictObject({ token: Id });

/** A configured source and, once tested, what it answered. */
export const SourceEntry = z.object({
  kind: z.enum(["prometheus", "loki", "alertmanager"]),
  name: z.string(),
  /** Without credentials. */
  url: z.string(),
  auth: z.enum(["none", "bearer", "basic"]),
  tenant: z.string().nullable(),
  ownCa: z.boolean(),
});
export type SourceEntry = z.infer<typeof SourceEntry>;
export const OneSource = z.strictObject({ kind: SourceEntry.shape.kind, name: z.string().min(1).max(63) });
export const SourceTest = z.object({
  ok: z.boolean(),
  latencyMs: z.number(),
  /** The product and version it names, and facts worth a look: series, retention, clock difference. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  error: z.string().nullable(),
});
export type SourceTest = z.infer<typeof SourceTest>;
