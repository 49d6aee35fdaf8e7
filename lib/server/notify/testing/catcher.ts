import "server-only";
import http from "node:http";
import { type AddressInfo, BlockList } from "node:net";
import { parseSettings } from "#lib/server/env.ts";
import { createOutbound, type Outbound } from "#lib/server/outbound/fetch.ts";

/** What a catcher was sent. */
export interface Caught {
  path: string;
  headers: http.IncomingHttpHeaders;
  /** Parsed JSON. */
  body: Record<string, unknown>;
  text: string;
}

/** A local receiver of whatever channels send; `respond` decides what it answers. */
export interface Catcher {
  url: string;
  way: Outbound;
  caught: Caught[];
  respond: (response: http.ServerResponse, caught: Caught) => void;
  close: () => Promise<void>;
}

const ok = (response: http.ServerResponse) => void response.writeHead(200).end('{"ok":true}');

export async function startCatcher(): Promise<Catcher> {
  const allowed = new BlockList();
  allowed.addSubnet("127.0.0.0", 8, "ipv4");
  const server = http.createServer();
  const way = createOutbound({ allowed });
  const catcher: Catcher = {
    url: "",
    way,
    caught: [],
    respond: ok,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await way.close();
    },
  };
  server.on("request", async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const text = (await request.toArray()).join("");
    const body = JSON.parse(text) as Record<string, unknown>;
    const caught = { path: request.url ?? "", headers: request.headers, body, text };
    catcher.caught.push(caught);
    catcher.respond(response, caught);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  catcher.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return catcher;
}

/** Settings under which the catcher may be reached, and links are made. */
export const CATCHER_ENVIRONMENT = {
  BURNLINE_SECRET: "s".repeat(40),
  BURNLINE_OUTBOUND_ALLOW: "127.0.0.0/8",
  BURNLINE_URL: "https://burnline.example",
} as const;

/** Puts these settings in force in this process. */
export function allowCatcher(more: Record<string, string> = {}): void {
  const store = globalThis as unknown as Record<symbol, unknown>;
  store[Symbol.for("burnline.settings")] = { value: parseSettings({ ...CATCHER_ENVIRONMENT, ...more }) };
}
