import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { writeHistory } from "./history.ts";
import { addPastFault, parsePastFault } from "./past-fault.ts";
import { createWorld } from "./script.ts";
import { createSimulatorServer } from "./server.ts";
import { simulate } from "./simulation.ts";
import { checkpointsIn, loadWorld, saveWorld } from "./state-folder.ts";
import type { World } from "./world.ts";

const settings = z
  .object({
    SIM_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    SIM_STATE: z.string().min(1),
    SIM_SEED: z.coerce.number().int().default(1),
    SIM_DAYS: z.coerce.number().positive().max(92).default(30),
    SIM_BREAK: z.string().optional(),
    SIM_PROMETHEUS_URL: z.url({ protocol: /^https?$/ }),
  })
  .parse(process.env);

const say = (event: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify(event)}\n`);

function newWorld(): World {
  const { SIM_SEED: seed, SIM_DAYS: days, SIM_BREAK: fault } = settings;
  const world = createWorld({ seed, birthMs: Date.now(), days });
  if (fault) addPastFault(world, parsePastFault(fault));
  return world;
}

const world = loadWorld(settings.SIM_STATE) ?? newWorld();
saveWorld(settings.SIM_STATE, world);
const simulation = simulate(world, (series) => checkpointsIn(settings.SIM_STATE, world, series));

const server = createSimulatorServer({
  simulation,
  now: Date.now,
  onWorldChanged: () => saveWorld(settings.SIM_STATE, world),
});
server.listen(settings.SIM_PORT, "127.0.0.1");
await once(server, "listening");
say({ event: "listening", port: (server.address() as AddressInfo).port });

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));

const samples = await writeHistory({
  simulation,
  prometheusUrl: settings.SIM_PROMETHEUS_URL,
  now: Date.now,
  onProgress: (doneRatio) => say({ event: "history", doneRatio }),
});
say({ event: "ready", samples });
