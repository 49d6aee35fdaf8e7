import "server-only";
import { randomUUID } from "node:crypto";
import type { Problem } from "#lib/contracts/problem.ts";
import type { Role } from "#lib/domain/access/permissions.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { db } from "#lib/server/db/client.ts";
import * as account from "../../../app/api/v1/account/password/route.ts";
import * as confirm from "../../../app/api/v1/account/second-factor/confirm/route.ts";
import * as remove from "../../../app/api/v1/account/second-factor/remove/route.ts";
import * as factor from "../../../app/api/v1/account/second-factor/route.ts";
import * as oneSession from "../../../app/api/v1/account/sessions/[session]/route.ts";
import * as sessions from "../../../app/api/v1/account/sessions/route.ts";
import * as me from "../../../app/api/v1/me/route.ts";
import * as secondStep from "../../../app/api/v1/session/second-factor/route.ts";
import * as session from "../../../app/api/v1/session/route.ts";
import * as setup from "../../../app/api/v1/setup/route.ts";

type Handler = (
  request: Request,
  args: { params: Promise<Record<string, string | undefined>> },
) => Promise<Response>;

const HANDLERS = {
  "GET me": me.GET,
  "POST session": session.POST,
  "DELETE session": session.DELETE,
  "POST session/second-factor": secondStep.POST,
  "POST setup": setup.POST,
  "POST account/password": account.POST,
  "GET account/sessions": sessions.GET,
  "DELETE account/sessions": sessions.DELETE,
  "DELETE account/sessions/{session}": oneSession.DELETE,
  "POST account/second-factor": factor.POST,
  "POST account/second-factor/confirm": confirm.POST,
  "POST account/second-factor/remove": remove.POST,
} as const satisfies Record<string, Handler>;

export interface Answer {
  status: number;
  body: Record<string, unknown> & Partial<Problem>;
  headers: Headers;
}

/** A browser with cookies and an address of its own, before the route handlers. */
export class Browser {
  readonly address: string;
  readonly cookies = new Map<string, string>();
  headers: Record<string, string> = {};

  constructor(address: string) {
    this.address = address;
  }

  get sessionCookie(): string | undefined {
    return this.cookies.get("burnline.session_token");
  }

  async ask(
    route: keyof typeof HANDLERS,
    body: object = {},
    params: Record<string, string> = {},
  ): Promise<Answer> {
    const method = route.split(" ", 1)[0]!;
    const bodyless = method === "GET" || method === "DELETE";
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const request = new Request(`http://localhost/api/v1/${route.split(" ")[1]}`, {
      method,
      headers: {
        ...this.headers,
        "x-forwarded-for": this.address,
        "user-agent": "test",
        ...(cookie && { cookie }),
        ...(!bodyless && { "content-type": "application/json" }),
      },
      // As Next passes it on: a DELETE has a body, if an empty one without a type.
      body: method === "GET" ? null : bodyless ? new Blob([]) : JSON.stringify(body),
    });
    const response = await HANDLERS[route](request, { params: Promise.resolve(params) });
    for (const line of response.headers.getSetCookie()) this.take(line);
    return {
      status: response.status,
      body: (await response.json()) as Answer["body"],
      headers: response.headers,
    };
  }

  /** Who the next request would be answered as; null for nobody. */
  async who(): Promise<string | null> {
    const { body } = await this.ask("GET me");
    return (body["me"] as { id: string } | null)?.id ?? null;
  }

  signIn(email: string, password: string): Promise<Answer> {
    return this.ask("POST session", { email, password });
  }

  private take(line: string): void {
    const [pair = "", ...attributes] = line.split(";");
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    if (attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}

export const PASSWORD = "correct horse battery";
let hashed: Promise<string> | undefined;

interface Made {
  id: string;
  email: string;
}

/** A person with an account and {@link PASSWORD}. */
export async function makePerson(
  more: { roles?: Role[]; disabledAt?: Date; mustChangePassword?: boolean; withoutPassword?: true } = {},
): Promise<Made> {
  const { roles = ["viewer"], withoutPassword, ...fields } = more;
  const password = await (hashed ??= hashPassword(PASSWORD));
  const id = randomUUID();
  const email = `${id}@example.org`;
  const own = { id, accountId: id, providerId: "credential", password };
  const accounts = withoutPassword ? {} : { accounts: { create: own } };
  await db().user.create({ data: { id, name: "Somebody", email, roles, ...fields, ...accounts } });
  return { id, email };
}

/** A person and a browser in which they are signed in. */
export async function makeSignedIn(
  address: string,
  more: Parameters<typeof makePerson>[0] = {},
): Promise<{ person: Made; browser: Browser }> {
  const person = await makePerson(more);
  const browser = new Browser(address);
  const { status } = await browser.signIn(person.email, PASSWORD);
  if (status !== 200) throw new Error(`signing in answered ${status}`);
  return { person, browser };
}
