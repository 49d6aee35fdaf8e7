/** What is wrong with a definition, and where. */
export interface Issue {
  /** The way to the bad field: `["objectives", 0, "target"]`. */
  path: (string | number)[];
  message: string;
}

/** A field's place and how to say what is wrong with it. */
export class Checker {
  readonly issues: Issue[] = [];

  /** Notes an issue unless the condition holds; says whether it holds. */
  expect(holds: boolean, path: Issue["path"], message: string): boolean {
    if (!holds) this.issues.push({ path, message });
    return holds;
  }

  /** A finite number above zero. */
  positive(value: number, path: Issue["path"]): void {
    this.expect(Number.isFinite(value) && value > 0, path, "Must be a positive number.");
  }

  /** A whole number within bounds, both included. */
  whole(value: number, min: number, max: number, path: Issue["path"]): void {
    const holds = Number.isInteger(value) && value >= min && value <= max;
    this.expect(holds, path, `Must be a whole number from ${min} to ${max}.`);
  }
}
