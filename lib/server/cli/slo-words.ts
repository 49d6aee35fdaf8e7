import "server-only";
import { parseArgs } from "node:util";
import { EXPORT_FORMATS } from "#lib/contracts/slos.ts";
import { type Address, UsageError } from "./address.ts";

export const HELP = `usage: npm run slo -- validate FILE…
       npm run slo -- diff FILE…
       npm run slo -- apply FILE… [--dry-run] [--reason WHY]
       npm run slo -- export [--format ${EXPORT_FORMATS.join("|")}] [--service S] [--slo KEY]

validate works alone. The others speak to a running Burnline:
  --url URL          its address, or BURNLINE_URL
  --token-file FILE  a file with an API token, or its name in BURNLINE_TOKEN_FILE, or the token itself in BURNLINE_TOKEN

exit codes: 0 done, or no difference; 1 diff found differences; 2 wrong usage, or files with errors;
            3 Burnline cannot be reached, or refuses`;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What the words of the command line ask for. */
export type Command =
  | { verb: "validate"; files: string[] }
  | { verb: "diff"; files: string[]; at: Address }
  | { verb: "apply"; files: string[]; at: Address; dryRun: boolean; reason: string | undefined }
  | {
      verb: "export";
      at: Address;
      format: ExportFormat;
      service: string | undefined;
      slo: string | undefined;
    };

const ADDRESS = { url: { type: "string" }, "token-file": { type: "string" } } as const;
const OPTIONS = {
  validate: {},
  diff: ADDRESS,
  apply: { ...ADDRESS, "dry-run": { type: "boolean" }, reason: { type: "string" } },
  export: {
    ...ADDRESS,
    format: { type: "string" },
    service: { type: "string" },
    slo: { type: "string" },
  },
} as const;
type Verb = keyof typeof OPTIONS;

function isVerb(word: string | undefined): word is Verb {
  return word !== undefined && Object.hasOwn(OPTIONS, word);
}

function parse<V extends Verb>(verb: V, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS[verb], allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function someFiles(files: string[]): string[] {
  if (files.length === 0) throw new UsageError("name at least one file");
  return files;
}

function readFormat(text: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === text);
  if (format === undefined) throw new UsageError(`--format is one of ${EXPORT_FORMATS.join(", ")}`);
  return format;
}

function addressOf(values: { url?: string; "token-file"?: string }): Address {
  return { url: values.url, tokenFile: values["token-file"] };
}

/** @throws UsageError for what is no command */
export function understand([verb, ...args]: readonly string[]): Command {
  if (!isVerb(verb))
    throw new UsageError(verb === undefined ? "say what to do" : `unknown command "${verb}"`);
  if (verb === "validate") return { verb, files: someFiles(parse(verb, args).positionals) };
  if (verb === "diff") {
    const { values, positionals } = parse(verb, args);
    return { verb, files: someFiles(positionals), at: addressOf(values) };
  }
  if (verb === "apply") {
    const { values, positionals } = parse(verb, args);
    const { "dry-run": dryRun = false, reason } = values;
    return { verb, files: someFiles(positionals), at: addressOf(values), dryRun, reason };
  }
  const { values, positionals } = parse(verb, args);
  if (positionals.length > 0) throw new UsageError(`export takes no file: ${positionals.join(" ")}`);
  const { format = "openslo", service, slo } = values;
  return { verb, at: addressOf(values), format: readFormat(format), service, slo };
}
