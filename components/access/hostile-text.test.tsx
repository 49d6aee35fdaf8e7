import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { parsePreferences } from "#lib/client/preferences.ts";
import type { ApiToken, Person, Session } from "#lib/contracts/access.ts";
import { PreferencesProvider } from "#components/shell/preferences.tsx";
import { PeopleTable } from "./people-table.tsx";
import { SessionsTable } from "./sessions-table.tsx";
import { TokensTable } from "./tokens-table.tsx";

const NOW = "2026-11-20T14:21:00.000Z";

const person = (name: string): Person => ({
  id: "p1",
  name,
  email: "ada@example.org",
  roles: ["viewer"],
  disabled: false,
  mustChangePassword: false,
  hasSecondFactor: false,
  signsInWith: ["password"],
  sessions: 1,
  lastSeenAt: NOW,
  createdAt: NOW,
  version: 1,
});
const token = (name: string): ApiToken => ({
  id: "t1",
  name,
  hint: "wxyz",
  role: "viewer",
  scopes: ["read"],
  matchers: [{ label: "team", operator: "=", value: name }],
  owner: { id: "p1", name },
  createdAt: NOW,
  expiresAt: NOW,
  lastUsedAt: null,
  revokedAt: null,
  state: "active",
});
const session = (userAgent: string): Session => ({
  id: "s1",
  createdAt: NOW,
  lastUsedAt: NOW,
  expiresAt: NOW,
  address: "192.0.2.1",
  userAgent,
  current: true,
});

const drawn: [string, (text: string) => React.ReactNode][] = [
  ["a person", (text) => <PeopleTable people={[person(text)]} selfId="p2" actions={() => null} />],
  ["a token", (text) => <TokensTable tokens={[token(text)]} actions={() => null} />],
];

const HOSTILE = [
  ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
  ['"><img src=x onerror=alert(1)>', "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"],
  ["[x](javascript:alert(1))", "[x](javascript:alert(1))"],
  ["abc\u202Egpj.exe", "abc\u202Egpj.exe"],
  ["\u001b[31mred", "\u001b[31mred"],
] as const;

it.each(drawn.flatMap(([what, draw]) => HOSTILE.map(([text, shown]) => [what, text, shown, draw] as const)))(
  "shows the name of %s as the text it is: %j",
  (_, text, shown, draw) => {
    const preferences = parsePreferences(() => undefined);
    const html = renderToStaticMarkup(
      <PreferencesProvider initial={preferences}>{draw(text)}</PreferencesProvider>,
    );
    expect(html).toMatch(/<bdi[^>]*>/);
    expect(html.slice(html.indexOf("<bdi"))).toContain(`>${shown}</bdi>`);
    expect(html).not.toMatch(/<script|<img|href="javascript/);
  },
);

it.each(HOSTILE)("names a browser that calls itself %j in our words alone", (text) => {
  const preferences = parsePreferences(() => undefined);
  const html = renderToStaticMarkup(
    <PreferencesProvider initial={preferences}>
      <SessionsTable label="Sessions" sessions={[session(text)]} />
    </PreferencesProvider>,
  );
  expect(html).toContain(">An unknown program</bdi>");
  expect(html).not.toMatch(/<script|<img/);
});
