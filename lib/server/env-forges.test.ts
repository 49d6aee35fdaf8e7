import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseSettings } from "./env.ts";
import { serviceOfDeployment } from "./env-forges.ts";

const folder = mkdtempSync(path.join(tmpdir(), "burnline-forges-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const pem = (key: typeof privateKey, type: "pkcs1" | "pkcs8") =>
  key.export({ type, format: "pem" }).toString();
const pkcs1 = file("pkcs1.pem", pem(privateKey, "pkcs1"));
const pkcs8 = file("pkcs8.pem", pem(privateKey, "pkcs8"));
const secret = file("secret", "a-webhook-secret-of-ours\n");
const short = file("short", "short\n");
const CHECKOUT = {
  forge: "github",
  repository: "Acme/checkout",
  environment: "production",
  service: "checkout",
};

const github = (more: object = {}) => ({
  appId: 123456,
  privateKeyFile: pkcs1,
  webhookSecretFile: secret,
  ...more,
});
const gitlab = (more: object = {}) => ({ tokenFile: secret, webhookTokenFile: secret, ...more });
const parse = (content: object) =>
  parseSettings({ BURNLINE_FORGES: file("forges.yaml", JSON.stringify(content)) }).forges;

describe("BURNLINE_FORGES", () => {
  it("reads keys and secrets from the files it refers to", () => {
    const forges = parse({ github: github(), gitlab: gitlab(), deployments: [CHECKOUT] });
    expect(forges).toMatchObject({
      github: {
        appId: "123456",
        apiUrl: "https://api.github.com",
        webhookSecret: "a-webhook-secret-of-ours",
      },
      gitlab: { url: "https://gitlab.com", token: "a-webhook-secret-of-ours" },
      deployments: [CHECKOUT],
    });
    expect(forges?.github?.privateKey.asymmetricKeyType).toBe("rsa");
    expect(JSON.stringify(forges?.github?.privateKey)).toBe("{}");
  });

  it("knows people by the e-mail that they sign in with", () => {
    const people = [{ forge: "github", login: "Rin-Example", email: "Rin@Example.org" }];
    expect(parse({ github: github(), deployments: [], people })?.people).toEqual([
      { ...people[0], email: "rin@example.org" },
    ]);
  });

  it("takes the key in either form, and the address of an Enterprise server", () => {
    const enterprise = github({ privateKeyFile: pkcs8, apiUrl: "https://github.example.com/api/v3/" });
    expect(parse({ github: enterprise, deployments: [] })?.github?.apiUrl).toBe(
      "https://github.example.com/api/v3",
    );
  });

  it.each<[string, object]>([
    ["deployments: ", {}],
    ["github.privateKeyFile: ", { github: { ...github(), privateKeyFile: undefined }, deployments: [] }],
    [
      "github.privateKeyFile: cannot read",
      { github: github({ privateKeyFile: "/nowhere" }), deployments: [] },
    ],
    ["holds no RSA private key", { github: github({ privateKeyFile: secret }), deployments: [] }],
    [
      "holds no RSA private key",
      { github: github({ privateKeyFile: file("ec.pem", pem(elliptic, "pkcs8")) }), deployments: [] },
    ],
    ["must hold 16 characters or more", { github: github({ webhookSecretFile: short }), deployments: [] }],
    ["gitlab.tokenFile: ", { gitlab: gitlab({ tokenFile: short }), deployments: [] }],
    [
      "github.apiUrl: must be https",
      { github: github({ apiUrl: "http://github.example.com" }), deployments: [] },
    ],
    ["github.apiUrl: ", { github: github({ apiUrl: "https://u:p@github.example.com" }), deployments: [] }],
    ['github: Unrecognized key: "token"', { github: github({ token: "inline" }), deployments: [] }],
    ["deployments.0.forge: github is not set up", { gitlab: gitlab(), deployments: [CHECKOUT] }],
    [
      "deployments.1.environment: names the same",
      {
        github: github(),
        deployments: [CHECKOUT, { ...CHECKOUT, repository: "acme/Checkout", service: "other" }],
      },
    ],
  ])("stops the start with what is wrong: %s", (message, content) =>
    expect(() => parse(content)).toThrow(message),
  );

  it("says which service a deployment is of, and nothing of others", () => {
    const forges = parse({ github: github(), gitlab: gitlab(), deployments: [CHECKOUT] });
    const of = (repository: string, environment: string, forge: "github" | "gitlab" = "github") =>
      serviceOfDeployment(forges, forge, { repository, environment });
    expect(of("acme/CHECKOUT", "production")).toBe("checkout");
    expect(of("acme/checkout", "Production")).toBeNull();
    expect(of("acme/checkout-two", "production")).toBeNull();
    expect(of("acme/checkout", "production", "gitlab")).toBeNull();
    expect(serviceOfDeployment(null, "github", CHECKOUT)).toBeNull();
  });
});
