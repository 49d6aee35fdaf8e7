import { describe, expect, it } from "vitest";
import { layoutDependencies } from "./dependency-layout.ts";

const link = (name: string) => ({ name, status: "healthy" as const });

describe("layoutDependencies", () => {
  it("puts what it depends on left, what depends on it right and centres the shorter columns", () => {
    const graph = layoutDependencies("checkout", {
      upstream: [link("web")],
      downstream: [link("auth"), link("search")],
    });
    expect({ width: graph.width, height: graph.height }).toEqual({ width: 3 * 150 + 2 * 56, height: 70 });
    expect(graph.boxes.map(({ name, x, y }) => [name, x, y])).toEqual([
      ["web", 0, 20],
      ["checkout", 206, 20],
      ["auth", 412, 0],
      ["search", 412, 40],
    ]);
    expect(graph.edges).toEqual([
      { key: "from web", path: "M150 35C178 35 178 35 206 35" },
      { key: "to auth", path: "M356 35C384 35 384 15 412 15" },
      { key: "to search", path: "M356 35C384 35 384 55 412 55" },
    ]);
  });

  it("leaves no room for a side without services", () => {
    const graph = layoutDependencies("web", { upstream: [], downstream: [link("checkout")] });
    expect(graph.width).toBe(2 * 150 + 56);
    expect(graph.boxes.map(({ name, x }) => [name, x])).toEqual([
      ["web", 0],
      ["checkout", 206],
    ]);
  });
});
