import { RateLimiterMemory } from "rate-limiter-flexible";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgive, limit } from "./limit.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T09:00:00Z") });
});
afterEach(() => vi.useRealTimers());

let names = 0;
const account = () => `account-${(names += 1)}`;
const address = () => `2001:db8:0:${(names += 1).toString(16)}::1`;
/** How many of `times` attempts are let through. */
async function allowed(times: number, attempt: () => Promise<void>): Promise<number> {
  const done = await Promise.allSettled(Array.from({ length: times }, attempt));
  return done.filter(({ status }) => status === "fulfilled").length;
}

describe("limit", () => {
  it("lets eight attempts at one account through from one address, and again when the window is over", async () => {
    const [from, who] = [address(), account()];
    const attempt = () => limit("signIn", from, who);
    expect(await allowed(20, attempt)).toBe(8);
    vi.advanceTimersByTime(60_000);
    await expect(attempt()).rejects.toMatchObject({
      code: "rate_limited",
      message: "too many attempts; try again in 4 min",
      retryAfterSeconds: 240,
    });
    vi.advanceTimersByTime(240_000);
    expect(await allowed(20, attempt)).toBe(8);
  });

  it("counts the addresses of one /64 network as one", async () => {
    const [who, network] = [account(), "2001:db8:aa:bb"];
    let last = 0;
    const attempt = () => limit("signIn", `${network}:${(last += 1)}::${last}`, who);
    expect(await allowed(20, attempt)).toBe(8);
    await limit("signIn", "2001:db8:aa:bc::1", who);
  });

  it("counts an address over all accounts", async () => {
    const from = address();
    expect(await allowed(60, () => limit("signIn", from, account()))).toBe(40);
  });

  it("counts an account over all addresses, but never one address's refused attempts", async () => {
    const [who, loud] = [account(), address()];
    // Of these thirty, eight count for the account.
    expect(await allowed(30, () => limit("signIn", loud, who))).toBe(8);
    expect(await allowed(60, () => limit("signIn", address(), who))).toBe(32);
  });

  it("keeps nobody from an account at an address that has had the right password", async () => {
    const [home, who] = [address(), account()];
    await limit("signIn", home, who);
    await forgive("signIn", home, who);
    await allowed(60, () => limit("signIn", address(), who));
    await limit("signIn", home, who);
  });

  it("does not let an account's successes buy others more guesses", async () => {
    const [home, who] = [address(), account()];
    for (let i = 0; i < 100; i += 1) {
      await limit("signIn", home, who);
      await forgive("signIn", home, who);
    }
    expect(await allowed(60, () => limit("signIn", address(), who))).toBe(39);
    expect(await allowed(60, () => limit("signIn", home, who))).toBe(8);
  });

  it("keeps the kinds apart", async () => {
    const from = address();
    await allowed(20, () => limit("setUp", from));
    await expect(limit("setUp", from)).rejects.toMatchObject({ code: "rate_limited" });
    await limit("token", from);
    await limit("signIn", from, account());
  });
});

it("knows a refusal of another bundle's copy of the limiter", async () => {
  const [from, who] = [address(), account()];
  const refuse = vi.spyOn(RateLimiterMemory.prototype, "consume").mockRejectedValue({ msBeforeNext: 1500 });
  await expect(limit("signIn", from, who)).rejects.toMatchObject({ retryAfterSeconds: 2 });
  refuse.mockRejectedValue(new Error("broken"));
  await expect(limit("signIn", from, who)).rejects.toThrow("broken");
  refuse.mockRestore();
});
