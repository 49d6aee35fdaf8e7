import { type APIRequestContext, expect, test } from "@playwright/test";
import { firstLoadBytes } from "./first-load.ts";
import { PAGES } from "./pages.ts";

const LIMIT_KB = 250;

interface Things {
  slos?: { id: string }[];
  incident?: { id: string };
}

/** Pages that stand for one thing each, and those where one is made. */
async function pagesOfThings(request: APIRequestContext): Promise<Record<string, string>> {
  const data = { title: "A page to be weighed", severity: "P4" };
  const { incident } = (await (await request.post("/api/v1/incidents", { data })).json()) as Things;
  const told = (await (await request.get("/api/v1/slos")).json()) as { data: Things };
  const ids = [incident?.id, told.data.slos?.[0]?.id];
  expect(ids).not.toContain(undefined);
  const [incidentPath, sloPath] = [`/incidents/${ids[0]}`, `/slos/${ids[1]}`];
  await request.post(`/api/v1${incidentPath}/transitions`, { data: { transition: "resolve" } });
  return {
    incident: incidentPath,
    "post-mortem": `${incidentPath}/postmortem`,
    slo: sloPath,
    "edit-slo": `${sloPath}/edit`,
    "new-slo": "/slos/new",
    "new-rule": "/alerts/rules/new",
  };
}

test("no page's first load brings more than 250 KB of compressed scripts", async ({ request }) => {
  const known = new Map<string, number>();
  const kilobytes: Record<string, number> = {};
  const listed = Object.fromEntries(PAGES.map(({ name, path }) => [name, path]));
  for (const [name, path] of Object.entries({ ...listed, ...(await pagesOfThings(request)) })) {
    kilobytes[name] = Math.round((await firstLoadBytes(request, path, known)) / 1000);
  }
  // Less than React alone was not weighed at all.
  expect(Object.entries(kilobytes).filter(([, size]) => size < 133)).toEqual([]);
  expect(Object.entries(kilobytes).filter(([, size]) => size > LIMIT_KB)).toEqual([]);
});
