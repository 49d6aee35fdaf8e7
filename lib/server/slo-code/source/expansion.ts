import "server-only";
import { type Document, isAlias, isCollection, isPair, isScalar, type Node } from "yaml";

const MAX_NODES = 100_000;
const MAX_ALIASES = 500;

/** Something that YAML allows and a definition has no use for. */
export interface Oddity {
  offset: number;
  message: string;
}

class Expansion {
  readonly oddities: Oddity[] = [];
  aliases = 0;
  readonly #anchors = new Map<string, Node>();
  /** Sizes of finished collections; an anchor that is not in here yet contains the alias itself. */
  readonly #sizes = new Map<Node, number>();

  /** Nodes below and including this one with every alias written out. */
  sizeOf(node: unknown): number {
    if (isAlias(node)) return this.#aliasSize(this.#anchors.get(node.source), node.range?.[0] ?? 0);
    if ((isCollection(node) || isScalar(node)) && node.anchor) this.#anchors.set(node.anchor, node);
    if (isPair(node)) return this.sizeOf(node.key) + this.sizeOf(node.value);
    if (!isCollection(node)) return 1;
    this.#refuseTwins(node.items);
    const size = node.items.reduce((sum: number, item) => sum + this.sizeOf(item), 1);
    this.#sizes.set(node, size);
    return size;
  }

  #aliasSize(target: Node | undefined, offset: number): number {
    this.aliases += 1;
    if (isCollection(target)) {
      const size = this.#sizes.get(target);
      if (size === undefined) this.oddities.push({ offset, message: "This alias contains itself." });
      return size ?? 0;
    }
    if (target === undefined) this.oddities.push({ offset, message: "There is no such anchor above." });
    return 1;
  }

  /** The parser's own check of keys takes quadratic time. */
  #refuseTwins(items: readonly unknown[]): void {
    const seen = new Set<string>();
    for (const item of items) {
      if (!isPair(item) || !isScalar(item.key)) continue;
      const key = String(item.key.value);
      const offset = item.key.range?.[0] ?? 0;
      if (seen.has(key)) this.oddities.push({ offset, message: `"${key}" is there already.` });
      if (key === "<<") this.oddities.push({ offset, message: "Merge keys are not read; write it out." });
      seen.add(key);
    }
  }
}

/** What keeps a parsed document from being turned into plain values: doubled keys, aliases without end. */
export function odditiesOf(document: Document): Oddity[] {
  const expansion = new Expansion();
  const size = expansion.sizeOf(document.contents);
  if (expansion.aliases > MAX_ALIASES)
    expansion.oddities.push({ offset: 0, message: `It has more than ${MAX_ALIASES} aliases.` });
  if (size > MAX_NODES)
    expansion.oddities.push({ offset: 0, message: `With its aliases it has more than ${MAX_NODES} parts.` });
  return expansion.oddities;
}
