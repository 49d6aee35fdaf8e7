import { describe, expect, it } from "vitest";
import { createLog } from "./log.ts";

const TOKEN = `bl_${"Zq3-".repeat(10)}abc`;

/** What stands in the log after `write`. */
function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let output = "";
  write(createLog("info", { write: (line: string) => (output += line) }));
  return output;
}

describe("a secret that is logged", () => {
  it.each<[string, unknown]>([
    ["a cookie", { headers: { cookie: "burnline.session=hunter2" } }],
    ["an answer's cookies", { response: { headers: { "set-cookie": ["a=hunter2", "b=hunter2"] } } }],
    ["a bearer token", { deep: { er: { request: { headers: { Authorization: "Bearer hunter2" } } } } }],
    ["a proxy's credentials", { headers: { "proxy-authorization": "Basic hunter2" } }],
    ["a password", { input: { email: "ada@x", password: "hunter2" } }],
    ["a new password", { input: [{ newPassword: "hunter2" }] }],
    ["a client's secret", { oidc: { clientSecret: "hunter2" } }],
    ["a one-time code", { input: { code: "hunter2" } }],
    ["a source's credentials", { source: { basicAuth: "u:hunter2", bearerToken: "hunter2" } }],
    ["the database's address", { settings: { databaseUrl: "postgres://u:hunter2@h/d" } }],
    ["an address with credentials", { text: "GET postgres://user:p@ss-hunter2@host:1/db failed" }],
    ["a callback's code", { url: "/api/auth/oidc/callback?state=hunter2&code=hunter2" }],
    ["a token in an address", { url: "https://x.example/?access_token=hunter2#a" }],
    ["a header in a message", { text: "sent authorization: hunter2 hunter2" }],
    ["a cookie in a message", { text: "Cookie: a=hunter2; b=hunter2" }],
    ["a form in a message", { text: "body was email=a&password=hunter2" }],
    ["an identity token", { text: "got eyJhbGciOi.hunter2.hunter2" }],
    ["JSON in a message", { text: '{"password":"hunter2","code":"hunter2"}' }],
  ])("%s is not in the output", (_, fields) => {
    const output = logged((log) => log.info(fields, "it happened"));
    expect(output).toContain("it happened");
    expect(output).not.toContain("hunter2");
  });

  it("an API token is found anywhere: message, address, error, its cause, a key beside it", () => {
    const output = logged((log) => {
      log.info(`refused ${TOKEN}.`);
      log.warn({ url: `/api?x=${TOKEN}&y`, list: [[TOKEN]] }, "m %s", TOKEN);
      log.error(new Error(`with ${TOKEN}`, { cause: new Error(`from ${TOKEN}`) }));
      log.child({ token: TOKEN, note: TOKEN }).info("child");
    });
    expect(output.trim().split("\n")).toHaveLength(4);
    expect(output).not.toContain("Zq3-");
    expect(output).toContain("refused bl_[redacted]");
  });

  it("an error's password is hidden, its code and the way to it are not", () => {
    const error = Object.assign(new Error("connect postgres://u:hunter2@db:5432 refused"), {
      code: "ECONNREFUSED",
    });
    const output = logged((log) => log.error({ err: error, requestId: "r-1" }, "failed"));
    expect(output).not.toContain("hunter2");
    expect(JSON.parse(output)).toMatchObject({
      requestId: "r-1",
      msg: "failed",
      err: { code: "ECONNREFUSED", type: "Error" },
    });
    expect(output).toContain("log.test.ts");
  });

  it("leaves alone what is none", () => {
    const fields = {
      url: "http://127.0.0.1:3000/x?from=1&q=a@b",
      count: 3,
      none: null,
      barcode: "x",
      tokens: 2,
      list: ["a@b"],
    };
    expect(JSON.parse(logged((log) => log.info(fields, "listening")))).toMatchObject({
      ...fields,
      msg: "listening",
    });
  });
});
