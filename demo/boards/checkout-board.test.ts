import { expect, it } from "vitest";
import { BoardFields } from "#lib/contracts/boards.ts";
import { boardSpec } from "#lib/client/boards-spec.ts";
import { grafanaDashboard } from "#lib/domain/boards/grafana-dashboard.ts";
import { CHECKOUT_BOARD } from "./checkout-board.ts";

it("asks every panel at first sight, and leaves for Grafana with its variables", () => {
  const board = BoardFields.parse(CHECKOUT_BOARD);
  const { panels } = boardSpec({ id: "x", ...board }, { service: null, node: null });
  expect(panels.map(({ problem }) => problem)).toEqual(board.panels.map(() => null));
  expect(panels[0]?.query).toBe('sum by (route) (rate(http_requests_total{service="checkout"}[5m]))');
  expect(grafanaDashboard(board).templating.list.map(({ name, definition }) => [name, definition])).toEqual([
    ["service", "label_values(service)"],
    ["node", "label_values(node)"],
  ]);
});
