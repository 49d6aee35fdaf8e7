/** A line of two texts laid over each other. */
export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
}

/** More pairs of lines than this take too long to lay over each other; no text that people write has them. */
const MAX_PAIRS = 1_000_000;

const linesOf = (text: string) => text.split(/\r?\n/);

/** Lengths of the longest common subsequences of what is left of both from each pair of lines on. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [row, below] = [table[i]!, table[i + 1]!];
      row[j] = a[i] === b[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!);
    }
  }
  return table;
}

/**
 * Two texts as one list of lines, in which those of `before` that are gone and those of `after` that are new are marked.
 * Keeping the lines that are not "added" gives `before`, those that are not "removed" give `after`.
 */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  if (a.length * b.length > MAX_PAIRS) {
    const marked = (kind: DiffLine["kind"], texts: string[]) => texts.map((text) => ({ kind, text }));
    return [...marked("removed", a), ...marked("added", b)];
  }
  const common = commonLengths(a, b);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: "same", text: a[i]! });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ kind: "removed", text: a[i++]! });
    } else lines.push({ kind: "added", text: b[j++]! });
  }
  return lines;
}
