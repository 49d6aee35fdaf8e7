import { readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { z } from "zod";

const Kept = z.record(z.string(), z.int().min(1).max(65_535));

/** The port itself where it is free on loopback (0: any free one), else null. */
export async function freePort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const { port: bound } = server.address() as net.AddressInfo;
      server.close(() => resolve(bound));
    });
  });
}

function readKept(file: string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

async function firstFree(candidates: number[], taken: ReadonlySet<number>): Promise<number> {
  for (const candidate of candidates) {
    const port = taken.has(candidate) ? null : await freePort(candidate);
    if (port !== null) return port;
  }
  throw new Error("No free port on 127.0.0.1.");
}

/**
 * A free loopback port for each name: the one of the last start, else the preferred one, else any.
 * Kept in `folder`, so that bookmarks and tools find the same servers after a restart.
 */
export async function choosePorts<Name extends string>(
  folder: string,
  preferred: Record<Name, number>,
): Promise<Record<Name, number>> {
  const file = path.join(folder, "ports.json");
  const kept = readKept(file);
  const chosen = new Map<Name, number>();
  for (const name of Object.keys(preferred) as Name[]) {
    const taken = new Set(chosen.values());
    const candidates = [kept[name], preferred[name], 0].filter((port) => port !== undefined);
    chosen.set(name, await firstFree(candidates, taken));
  }
  const ports = Object.fromEntries(chosen) as Record<Name, number>;
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}
