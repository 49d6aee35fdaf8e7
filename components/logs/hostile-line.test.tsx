import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { parsePreferences } from "#lib/client/preferences.ts";
import type { LogLine } from "#lib/contracts/logs.ts";
import { PreferencesProvider } from "#components/shell/preferences.tsx";
import { LineDetails } from "./line-details.tsx";
import { LineRow } from "./line-row.tsx";

const actions = {
  onFilter: () => undefined,
  linkTo: () => "",
  traceUrl: "https://traces.example/{traceId}",
};
const lineOf = (line: string, more: Partial<LogLine> = {}): LogLine => ({
  timestampNs: "1795303205123999999",
  line,
  labels: { service: "web" },
  fields: {},
  level: "info",
  ...more,
});

function shown(line: LogLine): string {
  return renderToStaticMarkup(
    <PreferencesProvider initial={parsePreferences(() => undefined)}>
      <LineRow line={line} repeats={0} wrap={false} open onToggle={() => undefined} />
      <LineDetails line={line} actions={actions} />
    </PreferencesProvider>,
  );
}

describe("a line of somebody else", () => {
  it("is text, whatever it is made to be", () => {
    const html = shown(
      lineOf('\u001b[31m<img src=x onerror="alert(1)">\u202e', { labels: { "<b>": "\u0007" } }),
    );
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<b>");
    expect(html).not.toMatch(/[\u001b\u202e\u0007]/);
    expect(html).toContain("⟨U+202E⟩");
  });

  it("ends where it is too long, and says by how much", () => {
    const html = shown(lineOf("x".repeat(1_000_000)));
    expect(html.length).toBeLessThan(60_000);
    expect(html).toMatch(/cut, (?:<!-- -->)?998\S* characters/);
    expect(html).toMatch(/cut here, (?:<!-- -->)?980\S* characters/);
  });

  it("leads to its trace only where it names one", () => {
    const id = "c1b9c401b42bfdf0838063c64bb8f2d4";
    expect(shown(lineOf(`{"trace_id":"${id}"}`))).toContain(`href="https://traces.example/${id}"`);
    expect(shown(lineOf('{"trace_id":"javascript:alert(1)"}'))).not.toContain("href=");
  });

  it("offers a field under the name that LogQL has for it, and no filter for what it has no name for", () => {
    const html = shown(lineOf('{"service":"other","tags":["a"]}'));
    expect(html).toContain('aria-label="Only lines with this service"');
    expect(html).not.toContain('aria-label="Only lines with this tags"');
  });
});
