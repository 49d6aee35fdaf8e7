import "server-only";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { CLIENT } from "./setting.ts";

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

/** An issuer that answers whatever a test wants; everything else it answers as it should. */
export interface FakeIssuer {
  readonly url: string;
  /** Answers by path, in place of the right ones. */
  readonly answers: Map<string, () => Answer>;
  /** Paths in the order they were asked for. */
  readonly asked: string[];
  /** The claims of a right ID token. */
  claims: (nonce: string) => JWTPayload;
  /** Signed with the issuer's key unless another is given. */
  sign: (claims: JWTPayload, key?: Parameters<SignJWT["sign"]>[0], alg?: string) => Promise<string>;
  answerIdToken: (idToken: string) => void;
  close: () => Promise<void>;
}

export async function startFakeIssuer(): Promise<FakeIssuer> {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "k1", use: "sig", alg: "ES256" };
  const answers = new Map<string, () => Answer>();
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const { status = 200, headers, body } = (answers.get(path) ?? rightAnswer)(path);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const right: Record<string, unknown> = {
    "/.well-known/openid-configuration": {
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/keys`,
    },
    "/keys": { keys: [jwk] },
  };
  function rightAnswer(path: string): Answer {
    return path in right ? { body: JSON.stringify(right[path]) } : { status: 404, body: "{}" };
  }
  return {
    url,
    answers,
    asked,
    claims: (nonce) => ({
      iss: url,
      aud: CLIENT.id,
      sub: "s1",
      nonce,
      iat: Math.floor(Date.now() / 1000),
      exp: Math.floor(Date.now() / 1000) + 300,
      email: "mallory@example.org",
      email_verified: true,
      groups: ["ops"],
    }),
    sign: (claims, key = privateKey, alg = "ES256") =>
      new SignJWT(claims).setProtectedHeader({ alg, kid: "k1" }).sign(key),
    answerIdToken: (idToken) => {
      const body = { id_token: idToken, access_token: "a", token_type: "Bearer" };
      answers.set("/token", () => ({ body: JSON.stringify(body) }));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
