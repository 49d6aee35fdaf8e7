import { expect, it } from "vitest";
import type { BoardPanel } from "#lib/contracts/boards.ts";
import { withPanel } from "./boards-address.ts";
import { panelIn } from "./brought-panel.ts";
import { boardSpec, chosenIn } from "./boards-spec.ts";

const panel = (kind: BoardPanel["kind"], query: string): BoardPanel => ({
  kind,
  query,
  title: "T",
  unit: "bytes",
  width: "half",
});
const BOARD = {
  id: "b",
  variables: { service: "checkout", node: null },
  panels: [
    panel("series", 'up{service="$service"}'),
    panel("logs", '{node="$node"}'),
    { ...panel("log-volume", '{service=~"$service"}'), width: "full" as const },
  ],
};

it("asks what can be asked, with what the address names before what the board does", () => {
  const { spec, panels } = boardSpec(BOARD, { service: "cart.v2", node: null });
  expect(spec.panels.map(({ id, panel: name, params, widthPx }) => [id, name, params, widthPx])).toEqual([
    ["panel-1", "query.series", { query: 'up{service="cart.v2"}', unit: "bytes" }, 600],
    ["panel-3", "query.log-volume", { query: '{service=~"cart\\\\.v2"}' }, 1_200],
    ["sources.lamps", "sources.lamps", {}, 600],
  ]);
  expect(panels.map(({ problem }) => problem)).toEqual([null, "it needs a node", null]);
  const first = boardSpec(BOARD, { service: null, node: "ai1" });
  expect(first.panels.map(({ query }) => query)).toEqual([
    'up{service="checkout"}',
    '{node="ai1"}',
    '{service=~"checkout"}',
  ]);
  expect(first.spec.page).not.toBe(spec.page);
});

it.each([
  [{}, { service: null, node: null }],
  [
    { service: "", node: "ai1" },
    { service: null, node: "ai1" },
  ],
  [{ service: ["a", "b"] }, { service: null, node: null }],
])("reads the address %j", (params, values) => expect(chosenIn(params)).toEqual(values));

it("brings a panel along by an address, whatever its query says", () => {
  const brought = panel("logs", '{a="b&c=#"} |= "ü+ %41"\n| json');
  const url = new URL(withPanel("/boards/new", brought), "http://localhost");
  expect(url.pathname).toBe("/boards/new");
  expect(panelIn(Object.fromEntries(url.searchParams))).toEqual(brought);
});

it.each([
  [{ query: "up" }, { kind: "series", title: "New panel", query: "up", unit: "count" }],
  [{ query: "up", title: "x".repeat(101) }, { title: "New panel" }],
])("fills in what %j leaves out", (params, wanted) => expect(panelIn(params)).toMatchObject(wanted));

it.each([{}, { query: " " }, { query: ["up"] }, { query: "up", kind: "table" }, { query: "up", unit: "x" }])(
  "brings no panel where %j is none",
  (params) => expect(panelIn(params)).toBeNull(),
);
