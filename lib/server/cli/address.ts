import "server-only";
import { readFileSync } from "node:fs";
import path from "node:path";

/** Words that cannot be understood; the message says why. */
export class UsageError extends Error {}

/** Where and with what a command was typed. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  /** Relative names of files start here. */
  folder: string;
}

/** Where Burnline is, and the file that holds the token; left out, the environment says both. */
export interface Address {
  url: string | undefined;
  tokenFile: string | undefined;
}

/** What may stand in a header; anything else would be shown by the error that it causes. */
const TOKEN = /^[\w.~+/=-]+$/;

/** The text of a file. @throws UsageError naming it */
export function readText(file: string, prefix = ""): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${prefix}cannot read ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** The API token of a command: --token-file, BURNLINE_TOKEN_FILE or BURNLINE_TOKEN. @throws UsageError */
export function readToken({ tokenFile }: Address, { env, folder }: Surroundings): string {
  const file = tokenFile ?? (env.BURNLINE_TOKEN_FILE || undefined);
  const token =
    file === undefined ? env.BURNLINE_TOKEN : readText(path.resolve(folder, file), "--token-file: ");
  if (!token?.trim()) throw new UsageError("give an API token: BURNLINE_TOKEN or --token-file");
  if (!TOKEN.test(token.trim())) throw new UsageError("what was given as an API token is none");
  return token.trim();
}

/** The address of Burnline: --url or BURNLINE_URL, without a slash at its end. @throws UsageError */
export function readUrl({ url: given }: Address, { env }: Surroundings): string {
  const url = given ?? env.BURNLINE_URL;
  if (!url) throw new UsageError("say where Burnline is: BURNLINE_URL or --url");
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new UsageError(`${url} is no http(s) address`);
  return url.replace(/\/+$/, "");
}
