import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { parsePreferences } from "#lib/client/preferences.ts";
import { PreferencesProvider } from "./preferences.tsx";
import { RangeNotice } from "./time-range-picker.tsx";

const noticeAt = (searchParams: string): string =>
  renderToStaticMarkup(
    <NuqsTestingAdapter searchParams={searchParams}>
      <PreferencesProvider initial={parsePreferences(() => undefined)}>
        <RangeNotice />
      </PreferencesProvider>
    </NuqsTestingAdapter>,
  );

it.each(["", "?range=7d", "?from=2026-11-18T10:00:00Z&to=2026-11-18T11:00:00Z"])(
  "says nothing of the good range %j",
  (search) => expect(noticeAt(search)).toBe(""),
);

it.each([
  ["?range=abc", "“abc” is not a span between 1 minute and 92 days, such as 24h. Showing the last 24 h."],
  [
    "?from=2026-11-18T11:00:00Z&to=2026-11-18T10:00:00Z",
    "From “2026-11-18T11:00:00Z” to “2026-11-18T10:00:00Z” is not a range of at most 92 days. Showing the last 24 h.",
  ],
])("says why %s was not taken, and what is shown", (search, words) => {
  const notice = noticeAt(search);
  expect(notice).toContain('role="status"');
  expect(notice).toContain(`>${words}<`);
});
