import { z } from "zod";
import { Channel } from "#lib/contracts/notifications.ts";
import type { Api } from "#demo/cluster/api-client.ts";

const ADDRESS = "/api/v1/channels";
const NAME = "Demo catcher";
const Known = z.object({ channels: z.array(Channel) });

/**
 * Makes the channel that tells the demo's catcher, unless there is one by its name; what people changed about it
 * stays. @throws Error in the app's words
 */
export async function ensureChannel(api: Api, catcherUrl: string, signingSecret: string): Promise<void> {
  const { channels } = await api.ask(Known, "GET", ADDRESS);
  if (channels.some(({ name }) => name === NAME)) return;
  const secret = { url: `${catcherUrl}/hook/on-call`, signingSecret };
  await api.ask(z.unknown(), "POST", ADDRESS, {
    name: NAME,
    kind: "webhook",
    enabled: true,
    config: {},
    secret,
  });
}
