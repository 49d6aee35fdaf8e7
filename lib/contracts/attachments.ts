import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";
import { TimelineEntry } from "./incidents.ts";
import { visibleText } from "./text.ts";

const id = z.string().min(1).max(64);

/** In the address; the file itself is the body, whatever its content type. */
export const AttachFile = z.strictObject({
  id,
  /** As it is called where it comes from, without its folder. */
  name: visibleText(200).refine((name) => !/[/\\]/.test(name), "must be a name, not a path"),
  at: z.iso.datetime().optional(),
});
export const OneAttachment = z.strictObject({ id, attachment: id });

export const ATTACHMENT_ROUTES: readonly ApiRoute[] = [
  {
    method: "POST",
    path: "/api/v1/incidents/{id}/attachments",
    access: "incidents:write",
    summary: "Put a file of up to 10 MB on a timeline; the body is the file",
    input: AttachFile,
    output: TimelineEntry,
  },
  {
    method: "GET",
    path: "/api/v1/incidents/{id}/attachments/{attachment}",
    access: "incidents:read",
    summary: "A file of a timeline, as a download",
    input: OneAttachment,
    output: z.string(),
    contentType: "application/octet-stream",
  },
];
