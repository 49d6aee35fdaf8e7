import { describe, expect, it } from "vitest";
import { repeat } from "./repeat.ts";

describe("repeat", () => {
  it("goes on after a failure and ends when the signal aborts", async () => {
    const stop = new AbortController();
    let runs = 0;
    const run = async () => {
      runs += 1;
      if (runs === 1) throw new Error("the source is away");
      if (runs === 3) stop.abort();
      return 1;
    };
    await repeat({ name: "test", retryMs: 1, run }, stop.signal);
    expect(runs).toBe(3);
  });

  it("does not run at all when it is stopped already", async () => {
    let runs = 0;
    const run = async () => (runs += 1);
    await repeat({ name: "test", retryMs: 1, run }, AbortSignal.abort());
    expect(runs).toBe(0);
  });
});
