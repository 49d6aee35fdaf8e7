import "server-only";
import { parseSetCookieHeader } from "better-auth/cookies";

type Handler = (request: Request, args: { params: Promise<Record<string, string>> }) => Promise<Response>;

export interface App {
  origin: string;
  begin: Handler;
  finish: Handler;
}

/** As much of a browser as signing in takes: cookies by host, redirects by hand. */
export class Browser {
  readonly app: App;
  /** Cookies by origin. */
  readonly jars = new Map<string, Map<string, string>>();

  constructor(app: App) {
    this.app = app;
  }

  jar(origin: string): Map<string, string> {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }

  private headers(origin: string): Record<string, string> {
    const cookie = [...this.jar(origin)].map(([name, value]) => `${name}=${value}`).join("; ");
    return { "x-forwarded-for": "192.0.2.7", ...(cookie && { cookie }) };
  }

  private keep(origin: string, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      for (const [name, { value, "max-age": maxAge }] of parseSetCookieHeader(line)) {
        if (value === "" || maxAge === 0) this.jar(origin).delete(name);
        else this.jar(origin).set(name, value);
      }
    }
  }

  /** Presses the button of the sign-in page. */
  async begin(body: Record<string, unknown> = {}): Promise<Response> {
    const { origin } = this.app;
    const response = await this.app.begin(
      new Request(`${origin}/api/v1/session/oidc`, {
        method: "POST",
        headers: { "content-type": "application/json", ...this.headers(origin) },
        body: JSON.stringify(body),
      }),
      { params: Promise.resolve({}) },
    );
    this.keep(origin, response);
    return response;
  }

  /** Comes back from the issuer. */
  async finish(address: string): Promise<Response> {
    const { origin } = this.app;
    const request = new Request(address, { headers: this.headers(origin) });
    const response = await this.app.finish(request, { params: Promise.resolve({}) });
    this.keep(origin, response);
    return response;
  }

  private async visit(address: string, form?: Record<string, string>): Promise<Response> {
    const { origin } = new URL(address);
    const response = await fetch(address, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: this.headers(origin),
      body: form ? new URLSearchParams(form) : null,
    });
    this.keep(origin, response);
    return response;
  }

  /** Goes through the issuer's pages, as `login`, until it sends the browser back to us; answers that address. */
  async throughIssuer(address: string, login: string): Promise<string> {
    let here = address;
    let form: Record<string, string> | undefined;
    for (let step = 0; step < 12; step += 1) {
      const response = await this.visit(here, form);
      form = undefined;
      const location = response.headers.get("location");
      if (location === null) {
        const page = await response.text();
        if (response.status !== 200) throw new Error(`the issuer answered ${response.status}: ${page}`);
        form = page.includes('value="consent"')
          ? { prompt: "consent" }
          : { prompt: "login", login, password: "any" };
        continue;
      }
      here = new URL(location, here).href;
      if (here.startsWith(`${this.app.origin}/`)) return here;
    }
    throw new Error("the issuer never sent the browser back");
  }

  /** The whole way; answers what our callback answered. */
  async signIn(login: string, body: Record<string, unknown> = {}): Promise<Response> {
    const begun = await this.begin(body);
    if (begun.status !== 200) throw new Error(await begun.text());
    const { url } = (await begun.json()) as { url: string };
    return this.finish(await this.throughIssuer(url, login));
  }
}
