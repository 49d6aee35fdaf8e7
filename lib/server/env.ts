import "server-only";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { AccessEnv, type AccessSettings, accessSettings } from "./env-access.ts";
import { type ForgeSettings, forgeSettings, ForgesFile } from "./env-forges.ts";
import { singleton } from "./singleton.ts";

/** A setting that cannot be used; its message names the setting and is all a person needs to mend it. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SettingsError";
  }
}

export type SourceKindSetting = "prometheus" | "loki" | "alertmanager";

const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).transform((url) => {
  const parsed = new URL(url);
  parsed.search = "";
  parsed.hash = "";
  return parsed.href.replace(/\/+$/, "");
});

/** `{traceId}` stands for what no address has: a word in its place shows whether the rest is one. */
const traceUrl = z
  .string()
  .includes("{traceId}", "must hold {traceId}")
  .refine((text) => {
    const url = URL.parse(text.replaceAll("{traceId}", "0"));
    return url !== null && /^https?:$/.test(url.protocol);
  }, "must be an http(s) address");

const SourceSettings = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be lower-case letters, digits and dashes"),
  kind: z.enum(["prometheus", "loki", "alertmanager"]),
  url: httpUrl,
  bearerToken: z.string().min(1).optional(),
  /** `user:password`. */
  basicAuth: z
    .string()
    .regex(/^[^:]+:.+$/, "must read user:password")
    .optional(),
  tenant: z.string().min(1).optional(),
  caFile: z.string().min(1).optional(),
});
/** One upstream: where it is and how to speak to it. Secrets in here are never logged. */
export type SourceSettings = z.infer<typeof SourceSettings>;

const SourcesFile = z.strictObject({
  sources: z
    .array(SourceSettings)
    .refine(
      (list) => new Set(list.map((s) => `${s.kind}/${s.name}`)).size === list.length,
      "two sources of one kind share a name",
    ),
});

const Plain = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  BURNLINE_HOME: z.string().min(1).default(".burnline"),
  BURNLINE_URL: httpUrl.optional(),
  BURNLINE_SOURCES: z.string().min(1).optional(),
  BURNLINE_FORGES: z.string().min(1).optional(),
  BURNLINE_RULES_DIR: z.string().min(1).optional(),
  BURNLINE_TRACE_URL: traceUrl.optional(),
  BURNLINE_SLO_DIR: z.string().min(1).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp(s):// address" }).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]).default("info"),
  ...AccessEnv.shape,
});

/** Settings that may also be read from the file named by `<NAME>_FILE`. */
const SECRETS = [
  "DATABASE_URL",
  "BURNLINE_SECRET",
  "BURNLINE_SECRET_PREVIOUS",
  "BURNLINE_ADMIN_PASSWORD",
  "OIDC_CLIENT_SECRET",
  "SMTP_URL",
  ...["PROMETHEUS", "LOKI", "ALERTMANAGER"].flatMap(secretsOf),
];
const SOURCE_KINDS = ["prometheus", "loki", "alertmanager"] as const;

function secretsOf(prefix: string): string[] {
  return [`${prefix}_BEARER_TOKEN`, `${prefix}_BASIC_AUTH`];
}

/** Everything the server is told from outside, parsed once at start. */
export interface Settings {
  port: number;
  /** Absolute folder of the embedded parts' state. */
  home: string;
  publicUrl: string | null;
  /** null: the embedded PostgreSQL is used. */
  databaseUrl: string | null;
  sources: SourceSettings[];
  /** The forges whose deployments the gate answers; null: there are none. */
  forges: ForgeSettings | null;
  /** Absolute folder that generated rules are written to, for a Prometheus that reads them; null: they are not. */
  rulesDir: string | null;
  /** Absolute folder of SLO files that is the source of their SLOs; null: there is none. */
  sloDir: string | null;
  /** The mail server, with its credentials; null: there is none. */
  smtpUrl: string | null;
  /** Where traces are shown, with `{traceId}` in it; null: nowhere. */
  traceUrl: string | null;
  logLevel: z.infer<typeof Plain>["LOG_LEVEL"];
  access: AccessSettings;
}

type Env = Readonly<Record<string, string | undefined>>;

function check<T extends z.ZodType>(schema: T, value: unknown, name: string): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    (issue) => `${[name, ...issue.path.map(String)].filter(Boolean).join(".")}: ${issue.message}`,
  );
  throw new SettingsError(lines.join("\n"));
}

function readFile(file: string, setting: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new SettingsError(`${setting}: cannot read ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Empty means unset, and `<NAME>_FILE` stands in for `<NAME>`. */
function withFiles(env: Env): Env {
  const out = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  for (const name of SECRETS) {
    const file = out[`${name}_FILE`];
    if (file === undefined) continue;
    if (out[name] !== undefined) throw new SettingsError(`${name} and ${name}_FILE are both set; keep one`);
    out[name] = readFile(file, `${name}_FILE`).trim();
  }
  return out;
}

function refuseUnknown(env: Env): void {
  const secretFiles = SECRETS.map((name) => `${name}_FILE`);
  const known = new Set([...Object.keys(Plain.shape), ...secretFiles]);
  for (const name of Object.keys(env)) {
    const injectedByKubernetes = name.includes("_PORT") || name.includes("_SERVICE_");
    if (name.startsWith("BURNLINE_") && !known.has(name) && !injectedByKubernetes) {
      throw new SettingsError(`${name} is not a setting of Burnline; known: ${[...known].sort().join(", ")}`);
    }
  }
}

function shortForm(env: Env): SourceSettings[] {
  return SOURCE_KINDS.flatMap((kind) => {
    const prefix = kind.toUpperCase();
    if (env[`${prefix}_URL`] === undefined) return [];
    const raw = {
      name: "default",
      kind,
      url: check(httpUrl, env[`${prefix}_URL`], `${prefix}_URL`),
      bearerToken: env[`${prefix}_BEARER_TOKEN`],
      basicAuth: env[`${prefix}_BASIC_AUTH`],
      tenant: env[`${prefix}_TENANT`],
      caFile: env[`${prefix}_CA_FILE`],
    };
    return [check(SourceSettings, raw, prefix)];
  });
}

function existingFolder(folder: string, setting: string): string {
  const absolute = path.resolve(folder);
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return absolute;
  throw new SettingsError(`${setting}: ${absolute} is no folder`);
}

function readYaml(file: string, setting: string): unknown {
  const text = readFile(file, setting);
  try {
    return parseYaml(text);
  } catch (error) {
    throw new SettingsError(`${setting}: ${file} is not YAML: ${(error as Error).message}`);
  }
}

function fromYaml(file: string | undefined): SourceSettings[] {
  if (file === undefined) return [];
  return check(SourcesFile, readYaml(file, "BURNLINE_SOURCES"), "BURNLINE_SOURCES").sources;
}

function readForges(file: string | undefined, refuse: (message: string) => never): ForgeSettings | null {
  if (file === undefined) return null;
  const parsed = check(ForgesFile, readYaml(file, "BURNLINE_FORGES"), "BURNLINE_FORGES");
  return forgeSettings(parsed, readFile, refuse);
}

/**
 * Parses settings from an environment.
 * @throws SettingsError naming the setting: bad value, unreadable file, unknown `BURNLINE_*`, or both
 * the short form and BURNLINE_SOURCES naming a `default` source of one kind.
 */
export function parseSettings(environment: Env): Settings {
  const env = withFiles(environment);
  refuseUnknown(env);
  const plain = check(Plain, env, "");
  const sources = [...shortForm(env), ...fromYaml(plain.BURNLINE_SOURCES)];
  const seen = new Set<string>();
  for (const { kind, name } of sources) {
    const key = `${kind}/${name}`;
    if (seen.has(key)) {
      throw new SettingsError(
        `BURNLINE_SOURCES and ${kind.toUpperCase()}_URL both define the ${kind} source "${name}"`,
      );
    }
    seen.add(key);
  }
  const refuse = (message: string): never => {
    throw new SettingsError(message);
  };
  return {
    port: plain.PORT,
    home: path.resolve(plain.BURNLINE_HOME),
    publicUrl: plain.BURNLINE_URL ?? null,
    databaseUrl: plain.DATABASE_URL ?? null,
    sources,
    forges: readForges(plain.BURNLINE_FORGES, refuse),
    rulesDir: plain.BURNLINE_RULES_DIR === undefined ? null : path.resolve(plain.BURNLINE_RULES_DIR),
    sloDir:
      plain.BURNLINE_SLO_DIR === undefined
        ? null
        : existingFolder(plain.BURNLINE_SLO_DIR, "BURNLINE_SLO_DIR"),
    smtpUrl: plain.SMTP_URL ?? null,
    traceUrl: plain.BURNLINE_TRACE_URL ?? null,
    logLevel: plain.LOG_LEVEL,
    access: accessSettings(plain, plain.DATABASE_URL === undefined, refuse),
  };
}

/** The settings of this process, read from its environment on first use. */
export function settings(): Settings {
  return singleton("settings", () => parseSettings(process.env));
}
