import { describe, expect, it } from "vitest";
import { repeat } from "./repeat.ts";

describe("repeat", () => {
  it("goes on after a failure and ends when the signal aborts", async () => {
    const stop = new AbortController();
    let runs = 0;
    await repeat(
      {
        name: "test",
        everyMs: 1,
        run: async () => {
          runs += 1;
          if (runs === 1) throw new Error("the source is away");
          if (runs === 3) stop.abort();
        },
      },
      stop.signal,
    );
    expect(runs).toBe(3);
  });

  it("does not run at all when it is stopped already", async () => {
    let runs = 0;
    await repeat({ name: "test", everyMs: 1, run: async () => void (runs += 1) }, AbortSignal.abort());
    expect(runs).toBe(0);
  });
});
