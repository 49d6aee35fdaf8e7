import { readFileSync } from "node:fs";
import { FIRST_STREAM, PUSHED_LINES } from "./pushed-lines.ts";

/** A request to a real Loki and its answer. */
export interface Exchange {
  name: string;
  tenancy: "single" | "multi" | "tiny-queue";
  method: string;
  websocket?: boolean;
  path: string;
  query?: Record<string, string | number | string[]>;
  requestHeaders?: Record<string, string>;
  requestBody?: string;
  requestBodyBase64?: string;
  /** The length of a body that the recording did not keep. */
  requestBodyCut?: number;
  status: number;
  contentType: string | null;
  body: string;
}

const file = new URL("../fixtures/loki-3.7.6.json", import.meta.url);

/** All recorded exchanges, in the order they were made. */
export const EXCHANGES = (JSON.parse(readFileSync(file, "utf8")) as { exchanges: Exchange[] }).exchanges;

const LONG_LINE = {
  streams: [{ stream: { service: "x" }, values: [["1795211280000000000", "y".repeat(300_000)]] }],
};
const CUT_BODIES = [PUSHED_LINES, FIRST_STREAM, LONG_LINE].map((body) => JSON.stringify(body));

/** The request's body. Throws when a cut one cannot be written anew to its very length. */
export function requestBody(exchange: Exchange): Buffer {
  const { requestBodyCut, requestBodyBase64 } = exchange;
  if (requestBodyBase64 !== undefined) return Buffer.from(requestBodyBase64, "base64");
  if (requestBodyCut === undefined) return Buffer.from(exchange.requestBody ?? "");
  const body = CUT_BODIES.find(({ length }) => length === requestBodyCut);
  if (body === undefined) throw new Error(`no body of ${requestBodyCut} characters for ${exchange.name}`);
  return Buffer.from(body);
}

/** The path with the query. */
export function address({ path, query = {} }: Exchange): string {
  const params = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, String(one)]),
    ),
  );
  return params.size === 0 ? path : `${path}?${params}`;
}
