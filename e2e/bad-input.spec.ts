import { expect, test, type APIRequestContext } from "@playwright/test";

const HOSTILE = 'a"}or vector(1)#';
const panel = (name: string, params: Record<string, string> = {}) => ({ id: "a", panel: name, params });
const day = { lastSeconds: 86_400 };

async function panels(request: APIRequestContext, body: unknown) {
  const response = await request.post("/api/v1/panels", { data: body });
  return {
    status: response.status(),
    type: response.headers()["content-type"] ?? "",
    text: await response.text(),
  };
}

/** Bodies refused as a whole, with the path that the answer must name. */
const REFUSED: [what: string, body: unknown, path: string][] = [
  [
    "a range that runs backwards",
    { range: { from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" }, panels: [panel("cluster.nodes")] },
    "range",
  ],
  ["a range of no length", { range: { lastSeconds: 0 }, panels: [panel("cluster.nodes")] }, "range"],
  ["a range of a year", { range: { lastSeconds: 366 * 86_400 }, panels: [panel("cluster.nodes")] }, "range"],
  [
    "a range that is no date",
    { range: { from: "yesterday", to: "now" }, panels: [panel("cluster.nodes")] },
    "range",
  ],
  ["no panel", { range: day, panels: [] }, "panels"],
  ["two panels of one id", { range: day, panels: [panel("cluster.nodes"), panel("cluster.pods")] }, "panels"],
  ["a width of 0", { range: day, panels: [{ ...panel("cluster.nodes"), widthPx: 0 }] }, "panels.0.widthPx"],
  ["an unknown field", { range: day, panels: [panel("cluster.nodes")], expr: "up" }, ""],
  ["PromQL in place of a panel", { range: day, panels: [{ id: "a", expr: "up" }] }, "panels.0.panel"],
];

test.describe("bad input gets a clear problem, never a 500 and never another query", () => {
  for (const [what, body, path] of REFUSED) {
    test(`${what} is refused`, async ({ request }) => {
      const answer = await panels(request, body);
      expect(answer.status).toBe(422);
      expect(answer.type).toContain("application/problem+json");
      const problem = JSON.parse(answer.text) as {
        code: string;
        errors: { path: string }[];
        requestId: string;
      };
      expect(problem.code).toBe("invalid");
      expect(problem.requestId).not.toBe("");
      expect(problem.errors.some((error) => error.path.startsWith(path))).toBe(true);
    });
  }

  test("an unknown panel is refused on its own line and the rest answers", async ({ request }) => {
    const answer = await panels(request, {
      range: day,
      panels: [
        { id: "bad", panel: "service.secrets", params: {} },
        { id: "good", panel: "cluster.nodes", params: {} },
      ],
    });
    expect(answer.status).toBe(200);
    const lines = answer.text
      .trim()
      .split("\n")
      .map(
        (line) => JSON.parse(line) as { id: string; ok: boolean; problem?: { errors: { path: string }[] } },
      );
    expect(lines.find((line) => line.id === "bad")?.problem?.errors[0]?.path).toBe("panels.0.panel");
    expect(lines.find((line) => line.id === "good")?.ok).toBe(true);
  });

  test("a hostile service name is an unknown service, not another query", async ({ request }) => {
    const answer = await panels(request, {
      range: day,
      panels: [panel("service.latency", { service: HOSTILE })],
    });
    expect(answer.status).toBe(200);
    const line = JSON.parse(answer.text) as {
      ok: boolean;
      problem: { code: string; status: number; detail: string };
    };
    expect(line.ok).toBe(false);
    expect(line.problem.code).toBe("not_found");
  });

  for (const address of ["/api/v1/services/", "/api/v1/nodes/"]) {
    test(`${address}{hostile name} answers 404 as a problem`, async ({ request }) => {
      const response = await request.get(address + encodeURIComponent(HOSTILE));
      expect(response.status()).toBe(404);
      expect(response.headers()["content-type"]).toContain("application/problem+json");
    });
  }

  const UNREADABLE: [what: string, body: string, type: string, status: number][] = [
    ["a body that is not JSON", "{", "application/json", 400],
    ["a form", "range=1", "application/x-www-form-urlencoded", 415],
    ["an array", "[]", "application/json", 422],
    ["300 KB", JSON.stringify({ x: "a".repeat(300_000) }), "application/json", 413],
  ];
  for (const [what, body, type, status] of UNREADABLE) {
    test(`${what} answers ${status}`, async ({ request }) => {
      const response = await request.post("/api/v1/panels", {
        data: Buffer.from(body),
        headers: { "content-type": type },
      });
      expect(response.status()).toBe(status);
      expect(response.headers()["content-type"]).toContain("application/problem+json");
    });
  }

  for (const address of ["/services/%E0%A4%A", "/api/v1/nodes/%", "/%"]) {
    test(`${address} answers 400 as a problem`, async ({ request }) => {
      const response = await request.get(address);
      expect(response.status()).toBe(400);
      expect(response.headers()["content-type"]).toContain("application/problem+json");
    });
  }

  test("an unknown status filter names the field", async ({ request }) => {
    const response = await request.get("/api/v1/services?status=purple");
    expect(response.status()).toBe(422);
    expect(((await response.json()) as { errors: { path: string }[] }).errors[0]?.path).toBe("status");
  });

  test("a foreign host name and a foreign origin are refused", async ({ request }) => {
    const foreignHost = await request.get("/api/v1/services", { headers: { host: "evil.example" } });
    expect(foreignHost.status()).toBe(403);
    const foreignOrigin = await request.post("/api/v1/panels", {
      data: { range: day, panels: [panel("cluster.nodes")] },
      headers: { origin: "http://evil.example" },
    });
    expect(foreignOrigin.status()).toBe(403);
  });
});

test("a query as long as one may be has room in an address", async ({ request }) => {
  const query = `{service="checkout"} |= "${'"\\\\ '.repeat(2_400)}"`;
  const address = `/explore?${new URLSearchParams({ source: "loki", q: query })}`;
  expect([query.length > 9_000, address.length > 20_000]).toEqual([true, true]);
  expect((await request.get(address)).status()).toBe(200);
});
