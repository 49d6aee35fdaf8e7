import { describe, expect, it } from "vitest";
import { withAdvice } from "./advice.ts";
import { clockFact } from "./prometheus-facts.ts";

describe("the difference of clocks", () => {
  it.each([
    // Asked at 10.0 s, heard at 10.2 s: the answer is from about 10.1 s.
    [10_100, 10_200, 200, "as ours, within 1 s"],
    [11_000, 10_200, 200, "as ours, within 1 s"],
    [15_100, 10_200, 200, "5 s ahead of ours"],
    [7_100, 10_200, 200, "3 s behind ours"],
    // Eight seconds on the way: four either side tell nothing.
    [13_900, 18_000, 8_000, "as ours, within 4 s"],
    [9_000, 18_000, 8_000, "5 s behind ours"],
  ])("their %i, heard at %i after %i ms", (theirMs, heardAtMs, latencyMs, value) => {
    expect(clockFact(theirMs, heardAtMs, latencyMs)).toEqual({ label: "Clock", value });
  });
});

describe("what to look at", () => {
  const advise = (words: string, name = "default") => withAdvice({ kind: "loki", name }, words);
  it.each([
    ["loki: CERT_HAS_EXPIRED", "its certificate's dates"],
    ["loki: DEPTH_ZERO_SELF_SIGNED_CERT", "set LOKI_CA_FILE"],
    ["loki: UNABLE_TO_VERIFY_LEAF_SIGNATURE", "set LOKI_CA_FILE"],
    ["loki: ERR_TLS_CERT_ALTNAME_INVALID", "use that name in LOKI_URL"],
    ["loki: CA file: ENOENT", "Look at LOKI_CA_FILE"],
    ["loki: UND_ERR_CONNECT_TIMEOUT", "firewalls"],
    ["loki: EHOSTUNREACH", "no way to this host"],
    ["loki answered HTTP 403: no", "LOKI_BEARER_TOKEN or LOKI_BASIC_AUTH"],
  ])("%s", (words, advice) => expect(advise(words)).toContain(advice));

  it("names the file for a source of another name, and adds nothing where nothing is known", () => {
    expect(advise("x answered HTTP 401: no", "logs")).toContain('of "logs" in BURNLINE_SOURCES');
    expect(advise("something new")).toBe("something new");
  });
});
