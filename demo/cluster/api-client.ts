import { z } from "zod";
import { SignInAnswer } from "#lib/contracts/access.ts";

/** A client of the app's own API, as whoever its headers say. */
export class Api {
  private readonly url: string;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.url = url;
    this.headers = headers;
  }

  async ask<T extends z.ZodType>(
    output: T,
    method: string,
    address: string,
    body?: object,
  ): Promise<z.infer<T>> {
    const response = await this.send(method, address, body);
    return output.parse(await response.json());
  }

  /** As a person: signed in, with the cookies that the app gave. */
  async signIn(email: string, password: string): Promise<Api> {
    const response = await this.send("POST", "/api/v1/session", { email, password });
    SignInAnswer.extend({ status: z.literal("signed_in") }).parse(await response.json());
    const cookie = response.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
    return new Api(this.url, { cookie: cookie.join("; ") });
  }

  private async send(method: string, address: string, body?: object): Promise<Response> {
    const response = await fetch(this.url + address, {
      method,
      headers: { ...this.headers, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (response.ok) return response;
    throw new Error(`${method} ${address} answered ${response.status}: ${await response.text()}`);
  }
}

/** The API as whoever owns an API token. */
export function tokenClient(url: string, token: string): Api {
  return new Api(url, { authorization: `Bearer ${token}` });
}
