import "server-only";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";
import { CLIENT } from "./setting.ts";

/** What the issuer says of a person, by subject. */
export type Claims = Record<string, unknown>;

export interface RealIssuer {
  readonly url: string;
  /** May be changed between sign-ins. */
  readonly people: Map<string, Claims>;
  close: () => Promise<void>;
}

interface IssuerOptions {
  callback: string;
  /** 0: any free one. */
  port?: number;
  /** Claims in the ID token itself, or only at userinfo. */
  claimsInIdToken?: boolean;
}

/** A real issuer that lets everybody of `people` in by name. */
export async function startIssuer({
  callback,
  port = 0,
  claimsInIdToken,
}: IssuerOptions): Promise<RealIssuer> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Claims>();
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const provider = new Provider(url, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [callback] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
    scopes: ["openid", "email", "profile", "groups"],
    conformIdTokenClaims: claimsInIdToken !== true,
    cookies: { keys: ["a key of the test"] },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: "sig", kid: "k1" }] },
    findAccount: (_, id) => {
      const claims = people.get(id);
      return claims && { accountId: id, claims: () => ({ sub: id, ...claims }) };
    },
  });
  server.on("request", provider.callback());
  return {
    url,
    people,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
