import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, describe, expect, inject, it } from "vitest";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { connectDatabase, db, read, transaction } from "./client.ts";
import { createDatabase } from "./create-database.ts";
import { PrismaClient } from "./generated/client.ts";
import { reachable } from "./reachable.ts";
import { findServices, upsertSightings } from "./service.repo.ts";

let disconnect = () => Promise.resolve();
afterEach(() => disconnect());

describe("the database client", () => {
  it("answers nothing before it is connected, nor after", async () => {
    expect(() => db()).toThrow(expect.objectContaining({ code: "unavailable" }));
    const close = connectDatabase(await freshDatabase());
    expect(await read(findServices)).toEqual([]);
    await close();
    expect(() => db()).toThrow(expect.objectContaining({ code: "unavailable" }));
  });

  it("refuses to be connected to two databases", async () => {
    disconnect = connectDatabase(inject("databaseUrl"));
    expect(() => connectDatabase(inject("databaseUrl"))).toThrow("connected already");
  });

  it("takes back all of a unit of work that fails", async () => {
    disconnect = connectDatabase(await freshDatabase());
    const sighting = {
      name: "checkout",
      kind: "api",
      namespace: null,
      nodes: [],
      metricPreset: "prometheus",
      tier: null,
      team: null,
      dependencies: [],
    } as const;
    const work = transaction(async (tx) => {
      await upsertSightings(tx, [{ ...sighting, nodes: [], dependencies: [] }], new Date(0));
      throw new Error("later step");
    });
    await expect(work).rejects.toThrow("later step");
    expect(await read(findServices)).toEqual([]);
  });

  it.each<[string, (url: URL) => void, RegExp]>([
    ["nobody listens", (url) => (url.port = "9"), /nothing answers/],
    ["the password is wrong", (url) => (url.password = "guess"), /refuses our credentials/],
    ["the database is gone", (url) => (url.pathname = "/gone"), /does not exist/],
  ])("says that the database is unavailable when %s", async (_, spoil, why) => {
    const url = new URL(inject("databaseUrl"));
    spoil(url);
    disconnect = connectDatabase(url.href);
    const unavailable = expect.objectContaining({ code: "unavailable", message: expect.stringMatching(why) });
    await expect(read(findServices)).rejects.toEqual(unavailable);
    await expect(read((tx) => tx.$queryRaw`select 1`)).rejects.toEqual(unavailable);
    await expect(transaction(findServices)).rejects.toEqual(unavailable);
  });

  it("says so too when the server cuts the connection, and works again after", async () => {
    disconnect = connectDatabase(await freshDatabase());
    const cut = transaction((tx) => tx.$queryRaw`select pg_terminate_backend(pg_backend_pid())::text`);
    await expect(cut).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/stopping/),
    });
    expect(await read(findServices)).toEqual([]);
  });

  it("says so when no connection of the pool becomes free in time", async () => {
    const connectionString = await freshDatabase();
    const adapter = new PrismaPg({ connectionString, max: 1, connectionTimeoutMillis: 200 });
    const client = new PrismaClient({ adapter });
    await client.$connect();
    const holding = reachable(client.$queryRaw`select pg_sleep(1)::text`);
    const waiting = [client.service.findMany(), client.$queryRaw`select 1`];
    const outcomes = await Promise.allSettled(waiting.map((work) => reachable(work)));
    const reason = expect.objectContaining({
      code: "unavailable",
      message: expect.stringMatching(/connections are in use/),
    });
    expect(outcomes).toEqual(waiting.map(() => ({ status: "rejected", reason })));
    await holding;
    await client.$disconnect();
  });

  it("keeps a defect of ours apart from a database out of reach", async () => {
    disconnect = connectDatabase(await createDatabase(inject("databaseUrl")));
    await expect(read(findServices)).rejects.toMatchObject({ code: "P2021" });
    await disconnect();
    disconnect = connectDatabase(await freshDatabase());
    const missing = read((tx) => tx.service.findUniqueOrThrow({ where: { name: "nobody" } }));
    await expect(missing).rejects.toMatchObject({ code: "P2025" });
  });
});

describe("a value that no column holds", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["NUL in a text", () => read((tx) => tx.incident.findUnique({ where: { id: "a\u0000" } }))],
    ["NUL in JSON", () => read((tx) => tx.$executeRaw`select ${'{"a":"\\u0000"}'}::jsonb`)],
    ["half a character in JSON", () => read((tx) => tx.$executeRaw`select ${'{"a":"\\ud800"}'}::jsonb`)],
    [
      "a number beyond its type",
      () => read((tx) => tx.runbookVersion.findFirst({ where: { name: "x", version: 999_999_999_999_999 } })),
    ],
  ])("%s is refused as bad input, not as a defect of ours", async (_name, ask) => {
    disconnect = connectDatabase(await freshDatabase());
    await expect(ask()).rejects.toMatchObject({ code: "invalid" });
  });
});
