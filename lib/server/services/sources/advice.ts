import "server-only";
import { sourceSettingNames } from "#lib/domain/sources/source-settings.ts";
import type { SourceSettings } from "#lib/server/env.ts";

type Names = ReturnType<typeof sourceSettingNames>;

/** What to look at, by the words of a failure; the first that fits. */
const ADVICE: readonly (readonly [RegExp, (names: Names) => string])[] = [
  [/no org id/i, ({ tenant }) => `It serves several tenants: set ${tenant}.`],
  [/HTTP 40[13]\b/, ({ credentials }) => `It does not take our credentials: look at ${credentials}.`],
  [/HTTP 407\b/, () => "A proxy on the way wants credentials of its own."],
  [/HTTP 404\b/, ({ url }) => `Something else answers at this address: look at ${url} and its path.`],
  [/a redirect/, ({ url }) => `It moved, or wants a sign-in: look at ${url}.`],
  [/HTTP 50[234]\b/, () => "A gateway answers in its place: see whether the source behind it runs."],
  [/CA file/, ({ ca }) => `Look at ${ca}.`],
  [/ALTNAME_INVALID/, ({ url }) => `Its certificate is for another name: use that name in ${url}.`],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, () => "Look at its certificate's dates and at both clocks."],
  [
    /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_/,
    ({ ca }) => `We do not know who signed its certificate: set ${ca}.`,
  ],
  [
    /EPROTO|ERR_SSL|wrong version number/i,
    ({ url }) => `It speaks no TLS there: look at http or https in ${url}.`,
  ],
  [/ENOTFOUND|EAI_AGAIN/, ({ url }) => `Its name is not known here: look at the host in ${url} and at DNS.`],
  [
    /ECONNREFUSED/,
    ({ url }) => `Nothing listens there: see whether it runs, and look at the port in ${url}.`,
  ],
  [/EHOSTUNREACH|ENETUNREACH/, ({ url }) => `There is no way to this host: look at ${url} and the network.`],
  [/CONNECT_TIMEOUT|ETIMEDOUT/, ({ url }) => `Nobody takes the connection: look at ${url} and at firewalls.`],
  [/did not answer within/, () => "It takes connections and does not answer: see how busy it is."],
  [
    /ECONNRESET|UND_ERR_SOCKET|other side closed/,
    ({ url }) => `It hangs up: look at http or https in ${url}.`,
  ],
  [/unknown shape|HTTP 200/, ({ url }) => `Something of another kind answers: look at ${url}.`],
];

/** A failure in the source's own words, with what to look at behind them where that can be told. */
export function withAdvice(source: Pick<SourceSettings, "kind" | "name">, words: string): string {
  const found = ADVICE.find(([pattern]) => pattern.test(words));
  if (!found) return words;
  const end = /[.!?]$/.test(words) ? "" : ".";
  return `${words}${end} ${found[1](sourceSettingNames(source.kind, source.name))}`;
}
