import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { type SeededDemo, startSeededDemo } from "./seeded-demo.ts";
import { signInAs } from "./sign-in.ts";

const MINUTE_MS = 60_000;
const SLOT_MS = 5 * MINUTE_MS;
const SIX_HOURS_OF_SLOTS = 72;
const DAY_MS = 1_440 * MINUTE_MS;
/** checkout/availability: 99.95 % over 30 days. */
const BUDGET = 0.0005;
const WINDOW_MS = 30 * DAY_MS;
/** A change that a healthy budget lets out and a critical one does not. */
const CHANGE = { service: "checkout", commit: "abcdef4", declaredRisk: "medium" };

interface Answer {
  decision: string;
  status: string;
  inputs: { slos: { key: string; status: string; evaluatedAtMs: number; newestSampleMs: number }[] };
}
interface Release {
  id: string;
  state: string;
  decisionSeq: number;
  verdict: Answer;
}

/** A demo whose history is one of the three, with people in browsers of their own. */
interface History {
  demo: SeededDemo;
  signedIn(role: string): Promise<Page>;
}

interface Chapter {
  name: string;
  /** What `DEMO_BREAK` takes. */
  pastFault: string;
  journey: (history: History) => Promise<void>;
}

async function inHistory(browser: Browser, demo: SeededDemo, { name, journey }: Chapter): Promise<void> {
  const contexts: BrowserContext[] = [];
  const signedIn = async (role: string) => {
    const nobody = { cookies: [], origins: [] };
    const context = await browser.newContext({ storageState: nobody, baseURL: demo.url });
    contexts.push(context);
    await signInAs(context.request, role, demo);
    return context.newPage();
  };
  try {
    await test.step(name, () => journey({ demo, signedIn }));
  } finally {
    for (const context of contexts) await context.close();
    await demo.stop();
  }
}

/** One history after the other; the next is written while people walk through this one, which waits for much. */
async function inTurn(browser: Browser, chapters: readonly Chapter[]): Promise<void> {
  const start = (chapter: Chapter | undefined) =>
    chapter && startSeededDemo(chapter.name.replaceAll(" ", "-"), chapter.pastFault);
  let starting = start(chapters[0]);
  try {
    for (const [index, chapter] of chapters.entries()) {
      const demo = await starting;
      starting = start(chapters[index + 1]);
      // Whoever awaits it hears of it.
      starting?.catch(() => undefined);
      if (demo) await inHistory(browser, demo, chapter);
    }
  } finally {
    await starting?.then(
      (demo) => demo.stop(),
      () => undefined,
    );
  }
}

/** Asks until all of what the gate decides on was measured: a young demo still fetches its history. */
async function whenMeasured(asker: Page): Promise<void> {
  const lacking = async () => {
    const answer = await asker.request.post("/api/v1/gates/evaluate", { data: { service: "checkout" } });
    const { status, inputs } = (await answer.json()) as Answer;
    const blind = inputs.slos.filter((slo) => slo.status === "no_data").map(({ key }) => key);
    return status === "insufficient_data" ? [status, ...blind] : blind;
  };
  await expect.poll(lacking, { timeout: 60_000, intervals: [1_000] }).toEqual([]);
}

/** Asks for a release and opens its page. */
async function request(asker: Page, more: { version: string; lane?: object }): Promise<Release> {
  const answer = await asker.request.post("/api/v1/releases", { data: { ...CHANGE, ...more } });
  expect(answer.status(), await answer.text()).toBe(200);
  const { release } = (await answer.json()) as { release: Release };
  await asker.goto(`/releases/${release.id}`);
  return release;
}

interface Figures {
  burn6h: number;
  leftPercent: number;
}

/** What the simulator itself counted: failed requests over all, held against the budget, as DOMAIN's formulas have it. */
async function trueFigures(demo: SeededDemo, { verdict }: Release): Promise<Figures> {
  const slo = verdict.inputs.slos.find(({ key }) => key === "checkout/availability")!;
  const world = (await (await fetch(`${demo.simulatorUrl}/world`)).json()) as { startMs: number };
  const toMs = slo.newestSampleMs;
  const failedRatio = async (fromMs: number) => {
    const span = `service=checkout&from=${fromMs}&to=${toMs}`;
    const counts = (await (await fetch(`${demo.simulatorUrl}/truth?${span}`)).json()) as {
      bad: number;
      total: number;
    };
    return counts.bad / counts.total;
  };
  const openSlot = Math.floor(slo.evaluatedAtMs / SLOT_MS);
  const sixHours = await failedRatio((openSlot + 1 - SIX_HOURS_OF_SLOTS) * SLOT_MS);
  const measuredShare = (toMs - world.startMs) / WINDOW_MS;
  const spent = ((await failedRatio(world.startMs)) * measuredShare) / BUDGET;
  return { burn6h: sixHours / BUDGET, leftPercent: (1 - spent) * 100 };
}

const SENTENCE =
  /checkout\/availability is (\w+), burns ([\d.]+)x over 6 h and has (-?[\d.]+) % of its budget/;

/** Reads on the page what the gate says of checkout's availability, and holds it against what was counted. */
async function expectRightFigures(
  { demo }: History,
  page: Page,
  release: Release,
  status: string,
): Promise<Figures> {
  const text = await page.getByText(SENTENCE).innerText();
  const [, word, burn, left] = SENTENCE.exec(text) ?? [];
  const counted = await trueFigures(demo, release);
  expect(word).toBe(status);
  // Shown with one decimal, from samples two minutes apart.
  expect(Math.abs(Number(burn) - counted.burn6h)).toBeLessThan(0.06 + counted.burn6h * 0.01);
  expect(Math.abs(Number(left) - counted.leftPercent)).toBeLessThan(0.2);
  return counted;
}

async function expectWholeLog(page: Page): Promise<void> {
  const verified = await page.request.get("/api/v1/decisions/verify");
  const { ok, records } = (await verified.json()) as { ok: boolean; records: number };
  expect(ok).toBe(true);
  await page.goto("/releases/decisions");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText(/(\d+) records are as they were written/)).toBeVisible();
  expect(records).toBeGreaterThan(1);
}

/** Says yes on the release's page, with a reason. */
async function answer(person: Page, { id }: Release, button: string, reason: string): Promise<void> {
  await person.goto(`/releases/${id}`);
  // What a page says of the time from now on it says once it listens.
  await expect(person.getByText(/, expires /)).toBeVisible();
  await person.getByLabel("Reason").fill(reason);
  await person.getByRole("button", { name: button, exact: true }).click();
}

async function findIncident(asker: Page): Promise<string> {
  const open = async () => {
    const answer = await asker.request.get("/api/v1/incidents?service=checkout&severity=P1&open=true");
    const { data } = (await answer.json()) as { data: { incidents: { id: string }[] } };
    return data.incidents.map(({ id }) => id);
  };
  await expect.poll(open, { timeout: 60_000 }).toHaveLength(1);
  return (await open())[0]!;
}

/** Nothing burns by now. */
async function approved(history: History): Promise<Figures> {
  const asker = await history.signedIn("admin");
  await whenMeasured(asker);
  const release = await request(asker, { version: "2.15.0" });
  expect(release).toMatchObject({ state: "approved", verdict: { decision: "approve", status: "healthy" } });
  await expect(asker.getByText("Approve", { exact: true })).toBeVisible();
  const figures = await expectRightFigures(history, asker, release, "healthy");
  await expectWholeLog(asker);
  return figures;
}

/** Nobody's own yes counts, and one other's is not enough. */
async function overridden(history: History, asker: Page, manager: Page, blocked: Release): Promise<void> {
  await asker.goto(`/releases/${blocked.id}`);
  await expect(asker.getByText(/nobody approves their own release/)).toBeVisible();
  const own = await asker.request.post(`/api/v1/releases/${blocked.id}/approvals`, {
    data: { kind: "override", verdict: "approved", reason: "mine", decisionSeq: blocked.decisionSeq },
  });
  expect(own.status()).toBe(403);
  await answer(manager, blocked, "Override", "Waiting harms more");
  await expect(manager.getByText(/it takes a second person/)).toBeVisible();

  const owner = await history.signedIn("product_owner");
  await answer(owner, blocked, "Override", "Refunds wait for it");
  await expect(owner.getByText("Refunds wait for it")).toBeVisible();
  await expect(owner.getByText(/may start until its lease ends/)).toBeVisible();
}

async function blocked(history: History): Promise<Figures> {
  const asker = await history.signedIn("admin");
  await whenMeasured(asker);
  const incident = await findIncident(asker);
  const release = await request(asker, { version: "2.15.0" });
  expect(release).toMatchObject({ state: "blocked", verdict: { decision: "block", status: "critical" } });
  await expect(asker.getByText("Block", { exact: true })).toBeVisible();
  await expect(asker.getByText(new RegExp(`P1 ${incident} is open.*: at least defer`))).toBeVisible();
  const figures = await expectRightFigures(history, asker, release, "critical");

  const fix = await request(asker, { version: "2.15.1", lane: { kind: "p1_fix", incident } });
  expect(fix).toMatchObject({ state: "waiting", verdict: { decision: "review" } });
  await expect(asker.getByText(`the p1 fix lane (${incident}) makes it a review`)).toBeVisible();
  const manager = await history.signedIn("release_manager");
  await answer(manager, fix, "Approve", "It fixes the outage");
  await expect(manager.getByText(/may start until its lease ends/)).toBeVisible();

  await overridden(history, asker, manager, release);
  await expectWholeLog(manager);
  return figures;
}

test("an outage of checkout: approved before, blocked while it lasts, approved an hour after", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  await inTurn(browser, [
    {
      name: "before the outage",
      pastFault: "",
      journey: async (history) => expect((await approved(history)).burn6h).toBeLessThan(1),
    },
    {
      name: "during the outage",
      pastFault: "errors checkout 24",
      journey: async (history) => expect((await blocked(history)).burn6h).toBeGreaterThan(2),
    },
    {
      name: "an hour after the outage",
      pastFault: "errors checkout 84 60",
      journey: async (history) => {
        const { burn6h, leftPercent } = await approved(history);
        // The outage still stands in the 6 h, and what it spent is gone.
        expect(burn6h).toBeGreaterThan(2);
        expect(leftPercent).toBeLessThan(95);
      },
    },
  ]);
});
