import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAX_ATTACHMENT_BYTES } from "#lib/domain/incidents/attachment.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { ADMIN, personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { openIncident } from "../create.ts";
import { readTimeline } from "../timeline/read.ts";
import { attachFile } from "./attach.ts";
import { downloadAttachment } from "./download.ts";
import { fileBody } from "./file-body.ts";

const SRE = personWith("sre");
let id = "";
let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  const opened = await openIncident(ADMIN, { title: "it burns", severity: "P2" }, testCaller());
  id = opened.incident.id;
});
afterAll(() => disconnect());

async function attach(actor: Actor, name: string, body: BodyInit, headers: Record<string, string> = {}) {
  const request = new Request("http://localhost/", {
    method: "POST",
    body,
    headers,
    duplex: "half",
  } as RequestInit);
  return attachFile(actor, { id, name, ...(await fileBody(request)) }, testCaller());
}

async function download(actor: Actor, attachment: string): Promise<Response> {
  return downloadAttachment(actor, { id, attachment }, testCaller());
}

describe("a file on a timeline", () => {
  it("comes back byte for byte, as a download that no browser opens", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`;
    const entry = await attach(SRE, 'pöol "50".svg', svg, { "content-type": "image/svg+xml" });
    if (entry.body.kind !== "attachment") throw new Error("not an attachment");
    expect(entry.body).toMatchObject({ name: 'pöol "50".svg', bytes: Buffer.byteLength(svg) });
    const answer = await download(VIEWER, entry.body.attachmentId);
    expect(await answer.text()).toBe(svg);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="p_ol _50_.svg"; filename*=UTF-8''p%C3%B6ol%20%2250%22.svg`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
    });
  });

  it("stands on the timeline with its audit entry, in one piece", async () => {
    const before = await db().incidentAttachment.count();
    const entry = await attach(SRE, "heap.dump", new Uint8Array([0, 255, 1]));
    const { entries } = await readTimeline(VIEWER, { id });
    expect(entries.find(({ seq }) => seq === entry.seq)).toEqual(entry);
    expect(await db().incidentAttachment.count()).toBe(before + 1);
    expect(await db().auditEntry.count({ where: { action: "incident.file_attached" } })).toBe(before + 1);
  });

  it("may have 10 MB, and not a byte more, announced or not", async () => {
    const most = await attach(SRE, "most", new Uint8Array(MAX_ATTACHMENT_BYTES));
    expect(most.body).toMatchObject({ bytes: MAX_ATTACHMENT_BYTES });
    const before = await db().incidentAttachment.count();
    const over = new Uint8Array(MAX_ATTACHMENT_BYTES + 1);
    await expect(attach(SRE, "over", over)).rejects.toMatchObject({ code: "too_large" });
    await expect(attach(SRE, "over", "x", { "content-length": "99999999" })).rejects.toMatchObject({
      code: "too_large",
    });
    expect(await db().incidentAttachment.count()).toBe(before);
  });

  it("is read no further than it may be long", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1_000_000;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    await expect(attach(SRE, "endless", endless)).rejects.toMatchObject({ code: "too_large" });
    expect(sent).toBeLessThan(MAX_ATTACHMENT_BYTES + 5_000_000);
  });

  it.each([
    ["an empty file", "a", ""],
    ["a path", "../../etc/passwd", "x"],
    ["a name that reads backwards", "a\u202egnp.exe", "x"],
  ])("refuses %s", async (_, name, body) => {
    await expect(attach(SRE, name, body)).rejects.toMatchObject({ code: "invalid" });
  });

  it("is for whoever may write, of incidents that are in sight", async () => {
    await expect(attach(VIEWER, "a", "x")).rejects.toMatchObject({ code: "forbidden" });
    const entry = await attach(SRE, "a", "x");
    if (entry.body.kind !== "attachment") throw new Error("not an attachment");
    const { attachmentId } = entry.body;
    const confined: Actor = { ...SRE, confinement: [{ label: "service", operator: "=", value: "web" }] };
    await expect(attach(confined, "a", "x")).rejects.toMatchObject({ code: "not_found" });
    await expect(download(confined, attachmentId)).rejects.toMatchObject({ code: "not_found" });
    const other = await openIncident(ADMIN, { title: "another", severity: "P3" }, testCaller());
    await expect(
      downloadAttachment(SRE, { id: other.incident.id, attachment: attachmentId }, testCaller()),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
