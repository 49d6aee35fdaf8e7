import { describe, expect, it } from "vitest";
import { layoutDependencies } from "./dependency-layout.ts";

const link = (name: string) => ({ name, status: "healthy" as const });

describe("layoutDependencies", () => {
  it("puts what it depends on left, what depends on it right and centres the shorter columns", () => {
    const graph = layoutDependencies("checkout", {
      upstream: [link("web")],
      downstream: [link("auth"), link("search")],
    });
    expect({ width: graph.width, height: graph.height }).toEqual({ width: 3 * 132 + 2 * 44, height: 70 });
    expect(graph.boxes.map(({ name, x, y }) => [name, x, y])).toEqual([
      ["web", 0, 20],
      ["checkout", 176, 20],
      ["auth", 352, 0],
      ["search", 352, 40],
    ]);
    expect(graph.edges).toEqual([
      { key: "from web", path: "M132 35C154 35 154 35 176 35" },
      { key: "to auth", path: "M308 35C330 35 330 15 352 15" },
      { key: "to search", path: "M308 35C330 35 330 55 352 55" },
    ]);
  });

  it("leaves no room for a side without services", () => {
    const graph = layoutDependencies("web", { upstream: [], downstream: [link("checkout")] });
    expect(graph.width).toBe(2 * 132 + 44);
    expect(graph.boxes.map(({ name, x }) => [name, x])).toEqual([
      ["web", 0],
      ["checkout", 176],
    ]);
  });
});
