import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StreamMessage } from "#lib/contracts/stream.ts";
import { followStream } from "./stream.ts";

/** A connection as the browser keeps it; the test says what arrives. */
class FakeSource {
  static open: FakeSource[] = [];
  static opened = 0;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    FakeSource.open.push(this);
    FakeSource.opened += 1;
  }

  close(): void {
    FakeSource.open = FakeSource.open.filter((one) => one !== this);
  }

  send(message: StreamMessage | string): void {
    this.onmessage?.({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }
}

interface Tab {
  heard: StreamMessage[];
  live: boolean[];
  close: () => void;
}
const tabs: Tab[] = [];
function openTab(): Tab {
  const tab: Tab = { heard: [], live: [], close: () => undefined };
  tab.close = followStream({
    onMessage: (message) => tab.heard.push(message),
    onLive: (live) => tab.live.push(live),
  });
  tabs.push(tab);
  return tab;
}
const source = () => vi.waitFor(() => FakeSource.open[0] ?? expect.fail("no stream is open"));
const hello = (head: string): StreamMessage => ({ topic: "hello", head });
const fact = (seq: string): StreamMessage => ({ topic: "timeline", incidentId: "INC-1", seq });

beforeEach(() => {
  FakeSource.open = [];
  FakeSource.opened = 0;
  vi.stubGlobal("EventSource", FakeSource);
});
afterEach(() => {
  for (const { close } of tabs.splice(0)) close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("has one connection for all tabs, and tells each of them everything", async () => {
  const [one, other] = [openTab(), openTab()];
  (await source()).send(hello("5"));
  (await source()).send(fact("6"));
  (await source()).send("no JSON");
  for (const tab of [one, other]) {
    await vi.waitFor(() => expect(tab.heard).toEqual([hello("5"), fact("6")]));
    expect(tab.live.at(-1)).toBe(true);
  }
  expect(FakeSource.opened).toBe(1);
});

it("greets a tab that comes later with the newest fact that was heard of", async () => {
  openTab();
  (await source()).send(hello("5"));
  (await source()).send(fact("8"));
  const late = openTab();
  await vi.waitFor(() => expect(late.heard).toEqual([hello("8")]));
});

it("has another tab take over when the one that leads is closed", async () => {
  const [leader, next] = [openTab(), openTab()];
  (await source()).send(hello("5"));
  await vi.waitFor(() => expect(next.heard).toEqual([hello("5")]));
  leader.close();
  await vi.waitFor(() => expect(FakeSource.opened).toBe(2));
  expect(FakeSource.open).toHaveLength(1);
  (await source()).send(hello("7"));
  await vi.waitFor(() => expect(next.heard).toEqual([hello("5"), hello("7")]));
  expect(leader.heard).toEqual([hello("5")]);
});

it("gives back at once what it is granted when its page has gone already", async () => {
  const { promise: arrives, resolve: grant } = Promise.withResolvers<void>();
  const given = vi.fn();
  const request = async (_: string, __: object, held: () => Promise<void>) => {
    await arrives;
    await held();
    given();
  };
  vi.stubGlobal("navigator", { locks: { request } });
  openTab().close();
  grant();
  await vi.waitFor(() => expect(given).toHaveBeenCalled());
  expect(FakeSource.opened).toBe(0);
});

it("opens a connection anew that failed or fell silent, and says meanwhile that it is not live", async () => {
  const tab = openTab();
  const first = await source();
  vi.useFakeTimers();
  first.send(hello("5"));
  first.onerror?.();
  expect(tab.live).toEqual([true, false]);
  expect(FakeSource.open).toEqual([]);
  vi.advanceTimersByTime(8_000);
  expect(FakeSource.opened).toBe(2);
  FakeSource.open[0]!.send(hello("5"));
  vi.advanceTimersByTime(44_000);
  FakeSource.open[0]!.send({ topic: "alive" });
  vi.advanceTimersByTime(44_000);
  expect(FakeSource.opened).toBe(2);
  vi.advanceTimersByTime(10_000);
  expect(FakeSource.opened).toBe(3);
  expect(tab.live.at(-1)).toBe(false);
});
