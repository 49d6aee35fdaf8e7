import "server-only";
import { BlockList, isIP } from "node:net";
import { z } from "zod";
import { Email, NewPassword, Role } from "#lib/contracts/access.ts";

const MIN_SECRET_LENGTH = 32;

const secret = z.string().min(MIN_SECRET_LENGTH, `must have ${MIN_SECRET_LENGTH} characters or more`);
const listOf = <T extends z.ZodType<unknown, string>>(item: T, separator = ",") =>
  z
    .string()
    .transform((text) =>
      text
        .split(separator)
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item));

const Network = z
  .string()
  .refine((text) => parseNetwork(text) !== null, "must be an address or a network such as 10.0.0.0/8");
const RoleOfGroup = z
  .string()
  .regex(/^.+=[a-z_]+$/, "must read group=role")
  .transform((text) => {
    const at = text.lastIndexOf("=");
    return { group: text.slice(0, at), role: text.slice(at + 1) };
  })
  .pipe(z.object({ group: z.string(), role: Role }));

/** The settings about people, secrets and addresses, as they stand in the environment. */
export const AccessEnv = z.object({
  BURNLINE_SECRET: secret.optional(),
  BURNLINE_SECRET_PREVIOUS: listOf(secret).default([]),
  BURNLINE_ADMIN_EMAIL: Email.optional(),
  BURNLINE_ADMIN_PASSWORD: NewPassword.optional(),
  BURNLINE_ANONYMOUS: z.enum(["off", "viewer"]).default("off"),
  BURNLINE_LISTEN: z.union([z.ipv4(), z.ipv6()]).default("127.0.0.1"),
  BURNLINE_OUTBOUND_ALLOW: listOf(Network).default([]),
  TRUSTED_PROXY: listOf(Network).default([]),
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_NAME: z.string().min(1).max(40).default("single sign-on"),
  OIDC_SCOPES: z.string().min(1).default("openid profile email"),
  OIDC_GROUPS_CLAIM: z.string().min(1).default("groups"),
  /** Semicolons, for the names of groups may hold commas. */
  OIDC_ROLES: listOf(RoleOfGroup, ";").default([]),
});

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button on the sign-in page calls it. */
  name: string;
  scopes: string[];
  groupsClaim: string;
  roles: { group: string; role: z.infer<typeof Role> }[];
}

export interface AccessSettings {
  /** null: one made and kept below BURNLINE_HOME. */
  secret: string | null;
  /** Secrets of before a rotation: what they sealed can still be read. */
  previousSecrets: string[];
  admin: { email: string; password: string } | null;
  anonymousViewer: boolean;
  listen: string;
  /** Private networks that webhooks may reach all the same. */
  outboundAllow: BlockList;
  /** Only what these say in X-Forwarded-For is believed. */
  trustedProxies: BlockList;
  oidc: OidcSettings | null;
}

function parseNetwork(text: string): { address: string; prefix: number; family: "ipv4" | "ipv6" } | null {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  const valid = version !== 0 && rest.length === 0 && /^\d+$/.test(bits ?? "0") && prefix <= most;
  return valid ? { address, prefix, family: version === 4 ? "ipv4" : "ipv6" } : null;
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of networks) {
    const network = parseNetwork(text);
    if (network) list.addSubnet(network.address, network.prefix, network.family);
  }
  return list;
}

/** A setting that others make necessary; its message names both. */
type Refuse = (message: string) => never;
type Parsed = z.infer<typeof AccessEnv>;

function oidcOf(env: Parsed, refuse: Refuse): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined) return null;
  if (clientId === undefined || clientSecret === undefined) {
    return refuse(
      `${clientId === undefined ? "OIDC_CLIENT_ID" : "OIDC_CLIENT_SECRET"}: needed with OIDC_ISSUER`,
    );
  }
  return {
    issuer: issuer.replace(/\/$/, ""),
    clientId,
    clientSecret,
    name: env.OIDC_NAME,
    scopes: env.OIDC_SCOPES.split(/\s+/).filter(Boolean),
    groupsClaim: env.OIDC_GROUPS_CLAIM,
    roles: env.OIDC_ROLES,
  };
}

/** Turns the parsed environment into what the server works with; `refuse` is called with what does not fit together. */
export function accessSettings(env: Parsed, embedded: boolean, refuse: Refuse): AccessSettings {
  const { BURNLINE_ADMIN_EMAIL: email, BURNLINE_ADMIN_PASSWORD: password } = env;
  if ((email === undefined) !== (password === undefined)) {
    refuse("BURNLINE_ADMIN_EMAIL and BURNLINE_ADMIN_PASSWORD are set together or not at all");
  }
  if (env.BURNLINE_SECRET === undefined && !embedded) {
    refuse("BURNLINE_SECRET: needed with DATABASE_URL (32 characters or more, the same for every replica)");
  }
  return {
    secret: env.BURNLINE_SECRET ?? null,
    previousSecrets: env.BURNLINE_SECRET_PREVIOUS,
    admin: email === undefined || password === undefined ? null : { email, password },
    anonymousViewer: env.BURNLINE_ANONYMOUS === "viewer",
    listen: env.BURNLINE_LISTEN,
    outboundAllow: blockList(env.BURNLINE_OUTBOUND_ALLOW),
    trustedProxies: blockList(env.TRUSTED_PROXY),
    oidc: oidcOf(env, refuse),
  };
}
