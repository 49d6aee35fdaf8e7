import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateBoard } from "#lib/contracts/board-routes.ts";
import { Board } from "#lib/contracts/boards.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { AppError } from "#lib/server/errors.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { makeBoard } from "./create.ts";
import { deleteBoard } from "./delete.ts";
import { exportBoard } from "./export.ts";
import { patchBoard } from "./patch.ts";
import { getBoard, listBoards } from "./read.ts";

const SRE = personWith("sre");
const OWNER = personWith("product_owner");
const series = { kind: "series", title: "Up", query: 'up{service="$service"}' } as const;
const logs = { kind: "logs", title: "Lines", query: '{node=~"$node"} |= "x"', width: "full" } as const;

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());

async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}
const make = async (input: CreateBoard, actor: Actor = SRE) =>
  (await makeBoard(actor, input, testCaller())).board;
const patch = async (input: Record<string, unknown>, actor: Actor = SRE) =>
  (await patchBoard(actor, input, testCaller())).board;
const namesOf = async (q?: string) => (await listBoards(VIEWER, { q })).boards.map(({ name }) => name);

describe("a board", () => {
  it("is read as it was saved, by everybody", async () => {
    const made = await make({ name: " Checkout ", description: "At a glance", panels: [series, logs] });
    expect(Board.parse(made)).toEqual(made);
    expect(made).toMatchObject({
      name: "Checkout",
      version: 1,
      variables: { service: null, node: null },
      createdBy: { id: SRE.id },
      updatedBy: { id: SRE.id },
      panels: [
        { ...series, unit: "count", width: "half" },
        { ...logs, unit: "count" },
      ],
    });
    expect((await getBoard(VIEWER, { board: made.id })).board).toEqual(made);
  });

  it("is found by its name and description, among those in order of their names", async () => {
    await make({ name: "billing", panels: [] });
    await make({ name: "Archive 100%", description: "old THINGS", panels: [series] });
    expect(await namesOf()).toEqual(["Archive 100%", "billing", "Checkout"]);
    expect(await namesOf("GLANCE")).toEqual(["Checkout"]);
    expect(await namesOf("things")).toEqual(["Archive 100%"]);
    expect(await namesOf("%")).toEqual(["Archive 100%"]);
    expect(await namesOf("_")).toEqual([]);
    const { boards, more } = await listBoards(VIEWER, { q: "Check" });
    expect([more, boards[0]]).toMatchObject([false, { panels: 2, version: 1, updatedBy: { id: SRE.id } }]);
    expect(boards[0]).not.toHaveProperty("document");
  });

  it("changes in what is given, and tells who did it", async () => {
    const board = await make({ name: "Changing", description: "d", panels: [series, logs] });
    const renamed = await patch({ board: board.id, version: 1, name: "CHANGING" }, OWNER);
    const { panels, createdAt, description } = board;
    const kept = { panels, createdAt, description, createdBy: { id: SRE.id } };
    expect(renamed).toMatchObject({ ...kept, name: "CHANGING", version: 2, updatedBy: { id: OWNER.id } });
    const change = { description: null, variables: { service: "checkout", node: null }, panels: [logs] };
    const changed = await patch({ board: board.id, version: 2, ...change });
    expect(changed).toMatchObject({ name: "CHANGING", version: 3, ...change, createdBy: { id: SRE.id } });
    expect(Date.parse(changed.updatedAt)).toBeGreaterThanOrEqual(Date.parse(changed.createdAt));
  });

  it("answers a stale version with the board as it is and who changed it; of many savers one wins", async () => {
    const { id } = await make({ name: "Contended", panels: [] });
    const saves = Array.from({ length: 6 }, (_, index) =>
      patch({ board: id, version: 1, description: `try ${index}` }, OWNER),
    );
    const done = await Promise.allSettled(saves);
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = await refusalOf(patch({ board: id, version: 1, panels: [series] }));
    expect(refused.code).toBe("conflict");
    expect(Board.parse(refused.current)).toMatchObject({
      version: 2,
      panels: [],
      updatedBy: { id: OWNER.id },
    });
  });

  it("has its name alone, whatever the case, also when two ask for it at once", async () => {
    const refused = await refusalOf(make({ name: "cHECKOUT", panels: [] }));
    expect([refused.code, refused.fields]).toEqual([
      "invalid",
      [{ path: "name", message: "another board has this name" }],
    ]);
    const { id } = await make({ name: "Other", panels: [] });
    expect((await refusalOf(patch({ board: id, version: 1, name: "Ｃheckout" }))).fields?.[0]?.path).toBe(
      "name",
    );
    const both = await Promise.allSettled([
      make({ name: "Race", panels: [] }),
      make({ name: "RACE", panels: [] }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is removed once", async () => {
    const { id } = await make({ name: "Short-lived", panels: [series] });
    expect(await deleteBoard(SRE, { board: id }, testCaller())).toEqual({ done: true });
    for (const work of [
      () => deleteBoard(SRE, { board: id }, testCaller()),
      () => getBoard(VIEWER, { board: id }),
      () => patch({ board: id, version: 1 }),
      () => exportBoard(VIEWER, { board: id }, testCaller()),
    ])
      expect((await refusalOf(work())).code).toBe("not_found");
    const entries = await db().auditEntry.findMany({ where: { resourceId: id }, orderBy: { seq: "asc" } });
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["board.created", SRE.id],
      ["board.removed", SRE.id],
    ]);
  });

  it("leaves as a file that Grafana imports", async () => {
    const { id } = await make({ name: "Exported", panels: [series] });
    const caller = testCaller();
    const file = await exportBoard(VIEWER, { board: id }, caller);
    expect(caller.answerHeaders.get("content-disposition")).toBe(
      `attachment; filename="burnline-board-${id}.json"`,
    );
    expect(file).toMatchObject({ title: "Exported", panels: [{ targets: [{ expr: series.query }] }] });
  });

  it("is not for viewers to write, nor for tokens that only read", async () => {
    const reader: Actor = { ...SRE, kind: "token", scopes: ["read", "query"] };
    const { id } = await make({ name: "Guarded", panels: [] });
    for (const actor of [VIEWER, reader]) {
      expect((await refusalOf(make({ name: "Mine", panels: [] }, actor))).code).toBe("forbidden");
      expect((await refusalOf(patch({ board: id, version: 1, name: "Mine" }, actor))).code).toBe("forbidden");
      expect((await refusalOf(deleteBoard(actor, { board: id }, testCaller()))).code).toBe("forbidden");
    }
    expect(await namesOf("Guarded")).toEqual(["Guarded"]);
  });
});

describe("a panel is refused", () => {
  it.each([
    [{ ...series, query: "sum(up" }, "panel 2 “Up”: 1:7: syntax error at the end"],
    [{ ...series, query: "up{service=$service}" }, "panel 2 “Up”: 1:12: $service may only stand"],
    [{ ...series, query: 'up{a=~"[$node]"}' }, "panel 2 “Up”: 1:9: $node must stand on its own"],
    [{ ...logs, query: '{a="b"} |= ' }, "panel 2 “Lines”: 1:"],
    [{ ...logs, query: 'sum(rate({a="b"}[5m]))' }, "panel 2 “Lines”: it asks for numbers, not for lines"],
    [{ ...logs, kind: "log-volume" as const, query: "up" }, "panel 2 “Lines”: 1:1: syntax error"],
  ])("with its number, its title and the place: %#", async (bad, words) => {
    const refused = await refusalOf(make({ name: "Bad", panels: [series, bad] }));
    expect([refused.code, refused.fields?.length, refused.fields?.[0]?.path]).toEqual([
      "invalid",
      1,
      "panels.1.query",
    ]);
    expect(refused.message).toContain(words);
    const { boards } = await listBoards(VIEWER, { q: "Checkout" });
    const [{ id, version }] = boards as [(typeof boards)[number]];
    expect((await refusalOf(patch({ board: id, version, panels: [series, bad] }))).code).toBe("invalid");
  });

  it.each<[Record<string, unknown>, string]>([
    [{ name: "" }, "name"],
    [{ name: "x".repeat(101) }, "name"],
    [{ description: "a\u202Eb" }, "description"],
    [{ description: "x".repeat(501) }, "description"],
    [{ variables: { service: "x".repeat(254), node: null } }, "variables.service"],
    [{ panels: Array.from({ length: 41 }, () => series) }, "panels"],
    [{ panels: [{ ...series, query: " " }] }, "panels.0.query"],
    [{ panels: [{ ...series, query: "x".repeat(5_001) }] }, "panels.0.query"],
    [{ panels: [{ ...series, query: 'up{a="\0"}' }] }, "panels.0.query"],
    [{ panels: [{ ...series, title: "x".repeat(101) }] }, "panels.0.title"],
    [{ panels: [{ ...series, kind: "table" }] }, "panels.0.kind"],
    [{ panels: [{ ...series, unit: "parsecs" }] }, "panels.0.unit"],
    [{ panels: [{ ...series, more: 1 }] }, "panels.0"],
  ])("or a field, at its place: %#", async (change, field) => {
    const input = { name: "Refused", panels: [series], ...change };
    const refused = await refusalOf(makeBoard(SRE, input, testCaller()));
    expect([refused.code, refused.fields?.[0]?.path]).toEqual(["invalid", field]);
  });
});
