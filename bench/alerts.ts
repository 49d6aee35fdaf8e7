import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { BareServer } from "./bare-server.ts";
import { freePort } from "./demo-run.ts";
import { arm, type Arm, atLeast, type Bar } from "./report.ts";

const ALERTS = 10_000;
const PER_DELIVERY = 10;
const SENDERS = 8;
const SERVICES = 20;
const PER_SECOND_LIMIT = 500;
const TAKEN_IN_WITHIN_MS = 120_000;

/** One delivery of Alertmanager's; every alert of a round is another one. */
function delivery(round: number, nth: number): object {
  const alerts = Array.from({ length: PER_DELIVERY }, (_, i) => ({
    status: "firing",
    labels: {
      alertname: "HighErrorRate",
      service: `service-${nth % SERVICES}`,
      severity: "warning",
      pod: `pod-${round}-${nth}-${i}`,
    },
    annotations: { summary: "fails 7 % of its requests", description: "x".repeat(300) },
    startsAt: new Date().toISOString(),
    endsAt: "0001-01-01T00:00:00Z",
  }));
  return { version: "4", status: "firing", receiver: "burnline", groupKey: "{}", truncatedAlerts: 0, alerts };
}

async function deliverAll(server: BareServer, token: string, round: number): Promise<void> {
  const deliveries = ALERTS / PER_DELIVERY;
  let next = 0;
  const sender = async () => {
    while (next < deliveries) {
      const body = delivery(round, next++);
      const headers = { authorization: `Bearer ${token}` };
      const { status, text } = await server.ask("POST", "/api/webhooks/alertmanager", headers, body);
      if (status !== 200) throw new Error(`a delivery was answered ${status}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function firing(server: BareServer, cookie: string): Promise<number> {
  const { text } = await server.ask("GET", "/api/v1/incidents?open=true", { cookie });
  const { data } = JSON.parse(text) as { data: { incidents: { firingAlerts: number }[] } };
  return data.incidents.reduce((sum, { firingAlerts }) => sum + firingAlerts, 0);
}

/** Waits until every alert belongs to an incident. @throws Error when some are lost, or one is doubled */
async function untilTakenIn(server: BareServer, cookie: string, wanted: number): Promise<void> {
  const deadlineMs = performance.now() + TAKEN_IN_WITHIN_MS;
  for (;;) {
    const count = await firing(server, cookie);
    if (count === wanted) return;
    if (count > wanted || performance.now() > deadlineMs)
      throw new Error(`${count} alerts of ${wanted} were taken in`);
    await sleep(100);
  }
}

/** How many alerts a second go all the way: delivered, written down, taken in, part of an incident. */
export async function benchAlerts(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const server = new BareServer(await freePort());
  const accepted: number[] = [];
  const through: number[] = [];
  try {
    const cookie = await server.signIn();
    const wanted = { name: "bench", role: "admin", scopes: ["webhook"], expiresInDays: null };
    const { text } = await server.ask("POST", "/api/v1/tokens", { cookie }, wanted);
    const { secret } = JSON.parse(text) as { secret: string };
    for (let round = 0; round < rounds; round += 1) {
      const startMs = performance.now();
      await deliverAll(server, secret, round);
      accepted.push((ALERTS * 1000) / (performance.now() - startMs));
      await untilTakenIn(server, cookie, ALERTS * (round + 1));
      through.push((ALERTS * 1000) / (performance.now() - startMs));
    }
  } finally {
    await server.stop();
  }
  const arms = [
    arm("alerts accepted by the webhook", "/s", accepted),
    arm("alerts taken in, as part of an incident", "/s", through),
  ];
  return {
    arms,
    bars: [atLeast("alerts a second, all the way", arms[1]?.median ?? NaN, PER_SECOND_LIMIT, "/s")],
  };
}
