import "server-only";
import { request } from "undici";
import { SignInRefusal } from "./refusal.ts";

const ANSWER_WITHIN_MS = 5_000;
const MAX_ANSWER_BYTES = 256 * 1024;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

export interface IssuerRequest {
  headers?: Readonly<Record<string, string>>;
  /** Sent as a POST form; left out, it is a GET. */
  form?: URLSearchParams;
  signal: AbortSignal;
}

export interface IssuerAnswer {
  status: number;
  /** undefined when the body is no JSON. */
  body: unknown;
}

/** Whether tokens and secrets may travel to this address: encrypted, or without leaving this machine. */
export function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readAtMost(body: AsyncIterable<Buffer>, host: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) {
      throw new SignInRefusal("issuer_unreachable", `${host} answered more than ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * One question to the issuer, within limits of time and size; redirects are not followed, for a secret may travel along.
 * @throws SignInRefusal `issuer_unreachable`, also for an answer of 300 to 399 and of 500 and more
 */
export async function askIssuer(address: string, wanted: IssuerRequest): Promise<IssuerAnswer> {
  const { host } = new URL(address);
  const { headers, form, signal } = wanted;
  try {
    const response = await request(address, {
      method: form ? "POST" : "GET",
      headers: {
        accept: "application/json",
        ...(form && { "content-type": "application/x-www-form-urlencoded" }),
        ...headers,
      },
      body: form?.toString() ?? null,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    const text = await readAtMost(response.body, host);
    const status = response.statusCode;
    if (status >= 500 || (status >= 300 && status < 400)) {
      throw new SignInRefusal("issuer_unreachable", `${host} answered HTTP ${status}`);
    }
    return { status, body: jsonOf(text) };
  } catch (error) {
    if (error instanceof SignInRefusal) throw error;
    const { code, name, message } = error as NodeJS.ErrnoException;
    const why = name === "TimeoutError" ? "it did not answer in time" : (code ?? message);
    throw new SignInRefusal(
      "issuer_unreachable",
      `the sign-in service ${host} cannot be reached: ${why}`,
      error,
    );
  }
}
