import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { needsResealing, seal, unseal, UnsealError } from "./seal.ts";

const CURRENT = "a secret of forty characters, the current";
const PREVIOUS = "a secret of forty characters, from before";
const STORE = globalThis as unknown as Record<symbol, unknown>;
const SECRETS = Symbol.for("burnline.secrets");
const KEYS = Symbol.for("burnline.secrets.sealing");
let kept: unknown[];

/** Starts anew with these secrets in force, as a restart does. */
function inForce(...secrets: string[]): void {
  STORE[SECRETS] = { value: secrets };
  delete STORE[KEYS];
}

beforeEach(() => {
  kept = [STORE[SECRETS], STORE[KEYS]];
  inForce(CURRENT);
});
afterEach(() => {
  [STORE[SECRETS], STORE[KEYS]] = kept;
});

function reasonOf(open: () => string): string {
  try {
    return `opened: ${open()}`;
  } catch (error) {
    return error instanceof UnsealError ? error.reason : String(error);
  }
}

const anyText = fc.string({ unit: "binary" }).map((text) => text.toWellFormed());

describe("a sealed secret", () => {
  it("opens to what it was, for its own purpose alone", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, purpose, other) => {
        const sealed = seal(purpose, text);
        expect(unseal(purpose, sealed)).toBe(text);
        if (other !== purpose) expect(reasonOf(() => unseal(other, sealed))).toBe("tampered");
      }),
    );
  });

  it("never looks the same twice and holds nothing that can be read", () => {
    const text = "hunter2-hunter2";
    const all = Array.from({ length: 100 }, () => seal("p", text));
    expect(new Set(all).size).toBe(100);
    expect(
      all.filter((sealed) => Buffer.from(sealed.split(".")[2] ?? "", "base64url").includes("hunter2")),
    ).toEqual([]);
  });

  it("does not open once a single character is another, is gone or is added", () => {
    const sealed = seal("p", "the plaintext");
    const character = fc.constantFrom(..."ABCxyz019-_.= \n+/é");
    const changed = fc
      .tuple(fc.nat(sealed.length - 1), character, fc.constantFrom(0, 1))
      .map(([at, other, removed]) => sealed.slice(0, at) + other + sealed.slice(at + removed))
      .filter((text) => text !== sealed);
    fc.assert(
      fc.property(changed, (text) => {
        expect(reasonOf(() => unseal("p", text))).toMatch(/^(malformed|unknown_key|tampered)$/);
      }),
      { numRuns: 1_000 },
    );
    for (let length = 0; length < sealed.length; length += 1) {
      expect(reasonOf(() => unseal("p", sealed.slice(0, length)))).toMatch(/^(malformed|tampered)$/);
    }
  });

  it("says why it does not open, and nothing of what it holds", () => {
    const sealed = seal("p", "the plaintext");
    const shown = [
      () => unseal("q", sealed),
      () => unseal("p", "the plaintext"),
      () => (inForce(PREVIOUS), unseal("p", sealed)),
    ].map((open) => {
      try {
        return open();
      } catch (error) {
        return `${String(error)} ${JSON.stringify(error)}`;
      }
    });
    expect(shown.join()).not.toContain("the plaintext");
    expect(shown[2]).toContain("BURNLINE_SECRET_PREVIOUS");
  });
});

describe("rotation", () => {
  it("opens what a previous secret sealed, asks to seal it anew, and then needs the old one no longer", () => {
    inForce(PREVIOUS);
    const old = seal("p", "text");
    expect(needsResealing(old)).toBe(false);
    inForce(CURRENT, PREVIOUS);
    expect(unseal("p", old)).toBe("text");
    expect(needsResealing(old)).toBe(true);
    const fresh = seal("p", unseal("p", old));
    expect(needsResealing(fresh)).toBe(false);
    inForce(CURRENT);
    expect(unseal("p", fresh)).toBe("text");
    expect(reasonOf(() => unseal("p", old))).toBe("unknown_key");
  });
});
