import { expect, it } from "vitest";
import { type BoardForm, boardOf, boardText, NEW_PANEL, toBoard, toBoardForm } from "./board-form.ts";

const FORM: BoardForm = {
  name: "Checkout",
  description: "",
  service: "checkout",
  node: "",
  panels: [{ ...NEW_PANEL, title: "Up", query: "up" }],
};

it("asks for what was filled in, and shows it again", async () => {
  const { wanted } = await toBoard({ ...FORM, name: " Checkout " });
  expect(wanted).toEqual({
    name: "Checkout",
    description: null,
    variables: { service: "checkout", node: null },
    panels: FORM.panels,
  });
  expect(wanted && toBoardForm(wanted)).toEqual(FORM);
  expect(boardOf(toBoardForm(null))).toMatchObject({ name: "", panels: [] });
});

it.each<[Partial<BoardForm>, string, string]>([
  [{ name: " " }, "name", "needed"],
  [{ description: "x".repeat(501) }, "description", "500"],
  [{ service: "x".repeat(254) }, "service", "253"],
  [{ panels: [{ ...NEW_PANEL, title: "Up", query: " " }] }, "panels.0.query", "needed"],
  [{ panels: [{ ...NEW_PANEL, query: "up" }] }, "panels.0.title", "needed"],
  [{ panels: Array.from({ length: 41 }, () => FORM.panels[0]!) }, "panels", "40"],
])("refuses %# at its field", async (change, path, words) => {
  const { errors } = await toBoard({ ...FORM, ...change });
  expect(errors).toMatchObject([{ path, message: expect.stringContaining(words) as string }]);
});

it("tells every difference in lines", () => {
  const text = boardText(boardOf(FORM));
  expect(text).toBe(
    "Checkout\nno description\nservice: checkout\nnode: none\n\nUp (series, count, half)\nup",
  );
  for (const change of [{ name: "x" }, { description: "x" }, { service: "x" }, { node: "x" }, { panels: [] }])
    expect(boardText(boardOf({ ...FORM, ...change }))).not.toBe(text);
});
