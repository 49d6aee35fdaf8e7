import { describe, expect, it } from "vitest";
import { newRunbookForm, type RunbookForm, toRunbook, toRunbookForm } from "./runbook-form.ts";

const FORM: RunbookForm = {
  ...newRunbookForm("QueueGrows"),
  title: "Queue grows",
  alerts: "QueueLong, QueueOld",
};

describe("toRunbook", () => {
  it("asks for what was filled in, and shows it again", async () => {
    const { wanted } = await toRunbook(FORM);
    expect(wanted).toMatchObject({ name: "QueueGrows", alerts: ["QueueLong", "QueueOld"], actions: [] });
    const saved = { ...wanted!, version: 1, template: false, changedAt: null, changedBy: null };
    expect(toRunbookForm(saved)).toEqual({ ...FORM, markdown: FORM.markdown.trim() });
  });

  it.each<[Partial<RunbookForm>, string, string]>([
    [{ name: "two words" }, "name", "letters"],
    [{ name: "new" }, "name", "taken"],
    [{ title: " " }, "title", "needed"],
    [{ markdown: "" }, "markdown", "needed"],
    [{ markdown: "x".repeat(100_001) }, "markdown", "100000"],
    [{ alerts: "x".repeat(201) }, "alerts", "200"],
    [{ actions: [{} as never] }, "actions.0.name", ""],
  ])("refuses %# at its field", async (change, path, words) => {
    const { errors } = await toRunbook({ ...FORM, ...change });
    expect(errors?.[0]).toMatchObject({ path, message: expect.stringContaining(words) as string });
  });
});
