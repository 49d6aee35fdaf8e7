import { expect, test } from "vitest";
import { parsePreferences, preferenceCookie } from "./preferences.ts";

const from = (cookies: Record<string, string>) => parsePreferences((name) => cookies[name]);

test("without cookies every preference has its default", () => {
  expect(from({})).toEqual({
    theme: "system",
    navigation: "open",
    refreshSeconds: 15,
    shortcuts: "on",
    timeZone: "UTC",
  });
});

test("what was chosen is read back", () => {
  expect(
    from({
      "burnline-theme": "light",
      "burnline-navigation": "collapsed",
      "burnline-refreshSeconds": "0",
      "burnline-shortcuts": "off",
      "burnline-timeZone": "Europe/Vienna",
    }),
  ).toEqual({
    theme: "light",
    navigation: "collapsed",
    refreshSeconds: 0,
    shortcuts: "off",
    timeZone: "Europe/Vienna",
  });
});

test("cookies are input from outside: nonsense falls back", () => {
  const nonsense = from({
    "burnline-theme": '"><script>',
    "burnline-refreshSeconds": "1",
    "burnline-timeZone": "Middle/Earth",
  });
  expect(nonsense).toEqual(from({}));
});

test("a cookie's value cannot end the cookie early", () => {
  expect(preferenceCookie("timeZone", "a; path=/evil")).toMatch(
    /^burnline-timeZone=a%3B%20path%3D%2Fevil; path=\/;/,
  );
});
