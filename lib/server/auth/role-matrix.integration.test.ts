import { globSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_ROUTES } from "#lib/contracts/api.ts";
import type { ApiRoute } from "#lib/contracts/api-route.ts";
import { type Action, ACTIONS, refusal, ROLES, type Role, SCOPES } from "#lib/domain/access/permissions.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { HOT_ROUTES } from "#lib/server/listener/hot-routes.ts";
import { respondProblem } from "#lib/server/listener/respond.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { addPerson, PASSWORD, signedIn, signIn } from "#lib/server/testing/people.ts";
import { hashToken, newTokenSecret } from "./token-secret.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
type Method = ApiRoute["method"];
type ClosedRoute = ApiRoute & { access: Action };
type RouteFile = Partial<
  Record<Method, (request: Request, args: { params: Promise<Record<string, string>> }) => Promise<Response>>
>;

let disconnect: () => Promise<void>;
let hot: http.Server;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  hot = http.createServer((request, response) => {
    const route = HOT_ROUTES[request.url ?? ""];
    if (!route) return void response.writeHead(404).end();
    route(request, response, "r").catch((error: unknown) => respondProblem(response, error, "r"));
  });
  await new Promise<void>((resolve) => hot.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  hot.close();
  await disconnect();
});

async function tokenOf(
  ownerId: string,
  more: { role?: Role; scopes?: string[]; expiresAt?: Date; revokedAt?: Date } = {},
): Promise<Record<string, string>> {
  const secret = newTokenSecret();
  await db().apiToken.create({
    data: {
      id: crypto.randomUUID(),
      name: "t",
      hash: hashToken(secret),
      hint: "0000",
      ownerId,
      role: "admin",
      scopes: [...SCOPES],
      ...more,
    },
  });
  return { authorization: `Bearer ${secret}` };
}

const fileOf = (address: string) =>
  path.join(ROOT, "app", `${address.replaceAll("{", "[").replaceAll("}", "]")}`, "route.ts");

let sent = 0;
/** Each request from an address of its own: bad tokens from one address are soon not even looked at. */
function freshAddress(): string {
  sent += 1;
  return `10.0.${sent >> 8}.${sent & 255}`;
}

async function send(route: ApiRoute, headers: Record<string, string>): Promise<number> {
  const bodyless = route.method === "GET" || route.method === "DELETE";
  const init = {
    method: route.method,
    headers: {
      ...headers,
      "x-forwarded-for": freshAddress(),
      ...(bodyless ? {} : { "content-type": "application/json" }),
    },
    body: bodyless ? null : "{}",
  };
  if (route.path in HOT_ROUTES) {
    const { port } = hot.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}${route.path}`, init)).status;
  }
  const file = (await import(fileOf(route.path))) as RouteFile;
  const params = Object.fromEntries(
    [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, "nobody"]),
  );
  const handler = file[route.method]!;
  return (await handler(new Request("http://localhost/x", init), { params: Promise.resolve(params) })).status;
}

/** An own thing is asked for by its owner here: what a verb acts on is the caller's, or nobody's. */
function allowed(route: ClosedRoute, roles: readonly Role[]): boolean {
  const owned = route.path.startsWith("/api/v1/account") ? { ownerId: "self" } : undefined;
  return refusal({ id: "self", roles, scopes: "all" }, route.access, owned) === null;
}

const DENIED = [401, 403];
const closed = API_ROUTES.filter(
  (route): route is ClosedRoute => route.access !== "public" && route.access !== "signed",
);

describe("every address of the API", () => {
  it("is in the table, with an action that exists, and stands in a file or in the listener", () => {
    const files = new Set(
      globSync("app/api/**/route.ts", { cwd: ROOT }).map((file) => path.join(ROOT, file)),
    );
    for (const { path: address, access } of API_ROUTES) {
      expect([address, address in HOT_ROUTES || files.has(fileOf(address))]).toEqual([address, true]);
      expect([address, ["public", "signed"].includes(access) || access in ACTIONS]).toEqual([address, true]);
    }
  });

  describe.each(closed.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s",
    (_, route) => {
      it("refuses nobody, the expired and the revoked", async () => {
        expect(await send(route, {})).toBe(401);
        const { id: owner, headers: expired } = await signedIn("admin");
        expect(await send(route, await tokenOf(owner, { expiresAt: new Date(Date.now() - 1000) }))).toBe(401);
        expect(await send(route, await tokenOf(owner, { revokedAt: new Date() }))).toBe(401);
        await db().session.updateMany({
          where: { userId: owner },
          data: { expiresAt: new Date(Date.now() - 1000) },
        });
        expect(await send(route, expired)).toBe(401);
      });

      it("takes each role as the table says", async () => {
        for (const role of ROLES) {
          const status = await send(route, (await signedIn(role)).headers);
          expect([role, DENIED.includes(status)]).toEqual([role, !allowed(route, [role])]);
        }
      });

      it("takes a token within its scopes only", async () => {
        const { id: owner } = await addPerson(["admin"]);
        const { scope, roles } = ACTIONS[route.access];
        const without = await tokenOf(owner, { scopes: SCOPES.filter((one) => one !== scope) });
        expect(await send(route, without)).toBe(403);
        const whole = await send(route, await tokenOf(owner));
        const may = scope !== null && (roles as readonly Role[]).includes("admin");
        expect(DENIED.includes(whole)).toBe(!may);
      });
    },
  );

  it.each(
    API_ROUTES.filter(({ access }) => access === "public").map((route) => [route.path, route] as const),
  )("lets whoever asks reach %s", async (_, route) => expect(DENIED).not.toContain(await send(route, {})));

  it.each(
    API_ROUTES.filter(({ access }) => access === "signed").map((route) => [route.path, route] as const),
  )("takes nothing at %s that is not proven, whoever sends it", async (_, route) => {
    expect(await send(route, {})).toBe(401);
    expect(await send(route, (await signedIn("admin")).headers)).toBe(401);
  });

  it("does nothing for a first password but let it be changed", async () => {
    for (const route of closed.filter(({ path: address }) => !address.startsWith("/api/v1/account"))) {
      const headers = await signIn(
        (await addPerson(["admin"], { mustChangePassword: true })).email,
        PASSWORD,
      );
      expect([route.path, await send(route, headers)]).toEqual([route.path, 403]);
    }
  });
});
