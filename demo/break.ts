import { z } from "zod";
import { readDemoFile, type DemoFile } from "./cluster/demo-file.ts";
import { burnlineHome } from "./cluster/home.ts";
import { SCENARIOS } from "./sim/world.ts";

const OK = 0;
const FAILED = 1;
const USAGE = 2;
const REQUEST_MS = 30_000;

/** Outages of what Burnline reads from: parts of the demo that are stopped for good until `heal`. */
const OUTAGES: Readonly<Record<string, string>> = {
  "prometheus-down": "prometheus",
  "loki-down": "log-store",
};

const HELP = `usage: npm run demo:break -- <scenario> [target]
       npm run demo:break -- heal

scenarios: ${[...SCENARIOS, ...Object.keys(OUTAGES)].join(", ")}
target: a service or a node; each scenario has a usual one`;

const Fault = z.object({ scenario: z.string(), target: z.string() });
const Problem = z.object({ detail: z.string() });

/** What became of the command: the words for the terminal and the exit code. */
interface Outcome {
  code: number;
  text: string;
}

class Unreachable extends Error {}

async function ask(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_MS) }).catch(() => {
    throw new Unreachable();
  });
}

async function control(demo: DemoFile, part: string, verb: "stop" | "start"): Promise<Response> {
  const headers = { authorization: `Bearer ${demo.control.key}` };
  return ask(`${demo.control.url}/parts/${part}/${verb}`, { method: "POST", headers });
}

async function stopPart(demo: DemoFile, scenario: string, part: string): Promise<Outcome> {
  const response = await control(demo, part, "stop");
  if (response.ok)
    return { code: OK, text: `${scenario}: ${part} is stopped. Undo: npm run demo:break -- heal` };
  if (response.status === 404)
    return { code: FAILED, text: `${scenario}: this demo runs on a ${part} of your own; stop it yourself.` };
  return { code: FAILED, text: `${scenario}: ${(await response.text()).trim()}` };
}

async function injectFault(demo: DemoFile, scenario: string, target: string | undefined): Promise<Outcome> {
  const response = await ask(`${demo.simulatorUrl}/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ scenario, target }),
  });
  const body: unknown = await response.json();
  if (response.ok) {
    const fault = Fault.parse(body);
    return {
      code: OK,
      text: `${fault.scenario} on ${fault.target}: begun, seen with the next scrape. Undo: npm run demo:break -- heal`,
    };
  }
  const text = Problem.safeParse(body).data?.detail ?? `the simulator answers ${response.status}`;
  return { code: response.status === 422 ? USAGE : FAILED, text };
}

async function heal(demo: DemoFile): Promise<Outcome> {
  for (const part of Object.values(OUTAGES)) {
    const response = await control(demo, part, "start");
    if (!response.ok && response.status !== 404)
      return { code: FAILED, text: (await response.text()).trim() };
  }
  const response = await ask(`${demo.simulatorUrl}/faults`, { method: "DELETE" });
  if (!response.ok) return { code: FAILED, text: `the simulator answers ${response.status}` };
  const ended = z.array(Fault).parse(await response.json());
  const names = ended.map(({ scenario, target }) => `${scenario} on ${target}`).join(", ");
  return {
    code: OK,
    text: `healed: ${names || "no simulated fault was open"}; Prometheus and the log store run`,
  };
}

type Command = (demo: DemoFile) => Promise<Outcome>;

/** The command that the words ask for, or what is wrong with them. */
function understand([scenario, target, ...more]: string[]): Command | string {
  if (scenario === undefined) return HELP;
  const tooMany = `too many words after ${scenario}\n\n${HELP}`;
  if (SCENARIOS.some((known) => known === scenario))
    return more.length > 0 ? tooMany : (demo) => injectFault(demo, scenario, target);
  const part = Object.hasOwn(OUTAGES, scenario) ? OUTAGES[scenario] : undefined;
  if (part === undefined && scenario !== "heal") return `unknown scenario "${scenario}"\n\n${HELP}`;
  if (target !== undefined) return tooMany;
  return part === undefined ? heal : (demo) => stopPart(demo, scenario, part);
}

async function run(words: string[]): Promise<Outcome> {
  const command = understand(words);
  if (typeof command === "string") return { code: USAGE, text: command };
  const home = burnlineHome();
  const absent = {
    code: FAILED,
    text: `no demo runs on ${home}, or it is still starting; start it: npm run demo`,
  };
  const demo = readDemoFile(home);
  if (!demo) return absent;
  return command(demo).catch((error: unknown) => {
    if (error instanceof Unreachable) return absent;
    throw error;
  });
}

const { code, text } = await run(process.argv.slice(2));
console.log(text);
process.exit(code);
