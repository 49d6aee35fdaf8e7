import { text } from "node:stream/consumers";
import { prerenderToNodeStream } from "react-dom/static";
import { describe, expect, it } from "vitest";
import { parsePreferences } from "#lib/client/preferences.ts";
import type { EventBody } from "#lib/contracts/incident-events.ts";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { PreferencesProvider } from "#components/shell/preferences.tsx";
import { TimelineEntryRow } from "./timeline-entry.tsx";

const AT = "2026-11-20T14:21:05.000Z";
const ATTACKS = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "[a](javascript:alert(1))",
  "![a](https://evil.example/track.png)",
  "<https://evil.example/\u202egnp.exe>",
  "javascript:alert(1) data:text/html,<b>alert(1)</b>",
];

const bodies = (attack: string): EventBody[] => [
  { kind: "note", markdown: attack },
  { kind: "logs", title: attack, query: attack, lines: [{ at: AT, line: attack }] },
  { kind: "attachment", attachmentId: attack, name: attack, bytes: 1 },
  {
    kind: "opened",
    title: attack,
    severity: "P1",
    count: 1,
    alerts: [{ name: attack, summary: attack, fingerprint: attack }],
  },
  { kind: "notification", channel: attack, event: attack, outcome: "sent", detail: attack },
];

/** As a reader gets it, with all that is loaded late. */
async function markupOf(body: EventBody, name: string): Promise<string> {
  const entry: TimelineEntry = {
    seq: "1",
    at: AT,
    recordedAt: AT,
    by: { id: "p", name },
    body,
    pinned: false,
    revision: 1,
    revisions: [],
  };
  const { prelude } = await prerenderToNodeStream(
    <PreferencesProvider initial={parsePreferences(() => undefined)}>
      <TimelineEntryRow incidentId="INC-1" entry={entry} nameOf={(id) => id} />
    </PreferencesProvider>,
  );
  return text(prelude);
}

describe("what people and sources write", () => {
  it.each(ATTACKS)("shows %j as text, loads nothing and runs nothing", async (attack) => {
    for (const body of bodies(attack)) {
      const markup = await markupOf(body, attack);
      const tags = markup.replaceAll(/"[^"]*"/g, '""');
      expect(tags).not.toMatch(/<(script|img|iframe|b|svg\/)\b|<[^>]*\son\w+=/);
      expect(markup).not.toContain("\u202e");
      const hrefs = [...markup.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
      for (const href of hrefs) expect(href).toMatch(/^(https?:\/\/|\/api\/v1\/incidents\/INC-1\/)/);
    }
  });

  it("links addresses of the web, written as such or bare, without the comma behind them", async () => {
    const markdown = "- **see** https://git.example/pr/7, please\n- or [this](https://git.example/x)";
    const markup = await markupOf({ kind: "note", markdown }, "Ada");
    expect(markup).toContain('href="https://git.example/x"');
    expect(markup).toContain("<li><strong>see</strong>");
    expect(markup).toContain('href="https://git.example/pr/7"');
    expect(markup).toContain('rel="noopener noreferrer nofollow"');
  });
});
