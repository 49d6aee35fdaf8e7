import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { localProblem, ProblemError } from "#lib/client/fetch-json.ts";
import { parsePreferences } from "#lib/client/preferences.ts";
import type { AuditEntry } from "#lib/contracts/audit.ts";
import { PreferencesProvider } from "#components/shell/preferences.tsx";
import { AuditDetails } from "./audit-details.tsx";
import { LogBody } from "./audit-log.tsx";
import { Verdict } from "./chain-section.tsx";
import { SinkState } from "./sink-state.tsx";

const ENTRY: AuditEntry = {
  seq: 7,
  at: "2026-11-20T14:21:05.000Z",
  actorId: "p-1",
  actorKind: "person",
  tokenId: null,
  action: "person.roles_changed",
  resourceType: "person",
  resourceId: "p-2",
  before: { roles: ["viewer"], disabled: false },
  after: { roles: ["viewer", "sre"], disabled: false },
  requestId: "r-1",
  previousHash: "0".repeat(64),
  hash: "a".repeat(64),
  actorName: "Ada",
  address: "192.0.2.1",
};

const bodyIn = (props: Partial<Parameters<typeof LogBody>[0]>) =>
  renderToStaticMarkup(
    <PreferencesProvider initial={parsePreferences(() => undefined)}>
      <LogBody
        entries={[ENTRY]}
        state="success"
        error={null}
        onRetry={() => undefined}
        onClear={undefined}
        {...props}
      />
    </PreferencesProvider>,
  );

describe("stored XSS", () => {
  const ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "[a](javascript:alert(1))",
    "\u202egnp.exe\u001b[31m\u200b",
  ];
  it.each(ATTACKS)("shows %j as text wherever it stands in a record", (attack) => {
    const hostile: AuditEntry = {
      ...ENTRY,
      actorName: attack,
      actorId: attack,
      actorKind: attack,
      tokenId: attack,
      action: attack,
      resourceType: attack,
      resourceId: attack,
      requestId: attack,
      address: attack,
      before: { [attack]: attack, list: [attack] },
      after: { [attack]: { [attack]: [{ [attack]: attack }] }, list: [attack, attack] },
    };
    const markup = bodyIn({ entries: [hostile] }) + renderToStaticMarkup(<AuditDetails entry={hostile} />);
    expect(markup).not.toMatch(/<(script|img|svg\/)|href|[\u202e\u001b\u200b]/);
    const shown = attack.startsWith("\u202e") ? "⟨U+202E⟩gnp.exe⟨U+200B⟩" : "alert(1)";
    expect(markup.split(shown).length).toBeGreaterThan(12);
  });

  it("shows what a receiver's failure says as text", () => {
    const sink = {
      url: "https://a.example/<b>",
      hasSecret: true,
      sentSeq: 0,
      pending: 3,
      version: 1,
    } as const;
    const markup = renderToStaticMarkup(
      <SinkState sink={{ ...sink, lastError: "<b>\u202e", failedSince: ENTRY.at }} />,
    );
    expect(markup).toContain("&lt;b&gt;⟨U+202E⟩");
    expect(markup).toContain("Nothing sent yet, 3 waiting");
  });
});

describe("a record's details", () => {
  it("say what was and what is, and how much stayed", () => {
    const markup = renderToStaticMarkup(<AuditDetails entry={ENTRY} />);
    expect(markup).toMatch(/>roles<.*was <\/span>viewer<\/del>.*is now <\/span>viewer, sre<\/ins>/);
    expect(markup).toContain("1 field unchanged");
  });

  it("say that there are none, and that the address was erased", () => {
    const bare = { ...ENTRY, before: null, after: null, address: null };
    const markup = renderToStaticMarkup(<AuditDetails entry={bare} />);
    expect(markup).toContain("The record holds no details.");
    expect(markup).toContain("none kept");
  });
});

describe("the list", () => {
  it("is loading, empty, empty for a filter, refused, failed, or failed with what it had", () => {
    const failed = new ProblemError(localProblem("unavailable", "Not available", "the database is away"));
    const refused = new ProblemError({ ...failed.problem, code: "forbidden", detail: "needs admin" });
    expect(bodyIn({ state: "pending", entries: [] })).toContain('data-state="loading"');
    expect(bodyIn({ entries: [] })).toContain("Nothing is on record yet");
    expect(bodyIn({ entries: [], onClear: () => undefined })).toContain("Clear the filter");
    expect(bodyIn({ state: "error", entries: [], error: refused })).toContain("needs admin");
    expect(bodyIn({ state: "error", entries: [], error: failed })).toContain("Try again");
    expect(bodyIn({ state: "error", error: failed })).toMatch(/the database is away.*person\.roles_changed/);
  });

  it("calls whoever has no name, or no longer, by their id", () => {
    expect(bodyIn({})).toContain(">Ada<");
    expect(bodyIn({ entries: [{ ...ENTRY, actorName: null }] })).toContain(">p-1<");
    expect(bodyIn({ entries: [{ ...ENTRY, actorKind: "token" }] })).toMatch(/Ada.* token</);
  });
});

describe("the verdict", () => {
  const head = "b".repeat(64);
  it.each([
    [{ ok: true, records: 1204, head }, "The chain is whole: 1,204 records"],
    [{ ok: true, records: 0, head: null }, "The chain is whole: 0 records"],
    [
      { ok: false, records: 3, head, firstBroken: { seq: 4, why: "the record is missing" } },
      "Broken at record 4",
    ],
  ])("of %j reads %s", (verdict, words) => {
    expect(renderToStaticMarkup(<Verdict verdict={verdict} />)).toContain(words);
  });
});
