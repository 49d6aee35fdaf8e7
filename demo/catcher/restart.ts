import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { ActionCall } from "#lib/contracts/runbook-actions.ts";
import { isSigned } from "./signature.ts";

const KEPT = 100;
const HEAL_MS = 5_000;

const Healed = z.array(z.object({ scenario: z.string(), target: z.string() }));

/** A call as it arrived, and what was done. */
export interface KeptCall extends ActionCall {
  did: string;
}

export interface Answer {
  status: number;
  text: string;
}

interface RestarterOptions {
  simulatorUrl: string;
  /** Holds the signing key once the app is up. */
  keyFile: string;
}

const header = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

function keyIn(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}

/** The demo's receiver of guarded actions: restarting a service ends the faults that strike it. */
export class Restarter {
  readonly calls: KeptCall[] = [];
  private readonly options: RestarterOptions;

  constructor(options: RestarterOptions) {
    this.options = options;
  }

  /** Takes one call: refuses what is not signed, and does a run only once however often it comes. */
  async take(headers: IncomingHttpHeaders, body: string): Promise<Answer> {
    const key = keyIn(this.options.keyFile);
    if (key === null) return { status: 503, text: "the signing key is not here yet\n" };
    const signed = {
      timestamp: header(headers["x-burnline-timestamp"]),
      signature: header(headers["x-burnline-signature"]),
    };
    if (!isSigned(signed, body, key, Date.now())) return { status: 401, text: "the signature is wrong\n" };
    const call = ActionCall.safeParse(JSON.parse(body));
    if (!call.success) return { status: 422, text: `${z.prettifyError(call.error)}\n` };
    const before = this.calls.find(({ run }) => run === call.data.run);
    if (before) return { status: 200, text: `run ${before.run} was done already: ${before.did}\n` };
    const did = await this.restart(call.data);
    this.calls.unshift({ ...call.data, did });
    this.calls.splice(KEPT);
    return { status: 200, text: `${did}\n` };
  }

  private async restart({ service, dryRun }: ActionCall): Promise<string> {
    if (dryRun) return `dry run: would restart ${service ?? "nothing"}`;
    if (service === null) return "nothing was named, nothing was restarted";
    const url = `${this.options.simulatorUrl}/faults?target=${encodeURIComponent(service)}`;
    const response = await fetch(url, { method: "DELETE", signal: AbortSignal.timeout(HEAL_MS) });
    if (!response.ok) throw new Error(`the simulator answers ${response.status}`);
    const healed = Healed.parse(await response.json()).map(({ scenario }) => scenario);
    return `restarted ${service}; ended: ${healed.join(", ") || "no fault"}`;
  }
}
