"use client";

import { Paperclip } from "lucide-react";
import { useRef, useState } from "react";
import { localProblem } from "#lib/client/fetch-json.ts";
import { attachFile } from "#lib/client/incidents.queries.ts";
import { MAX_ATTACHMENT_BYTES } from "#lib/domain/incidents/attachment.ts";
import { writeBytes } from "#lib/domain/words/figures.ts";
import { Button } from "#components/ui/button.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { useWrite } from "./use-write.ts";

interface AttachButtonProps {
  incidentId: string;
  /** When what the file shows happened; now where it is left out. */
  at: string | undefined;
}

/** Puts a file on the timeline. */
export function AttachButton({ incidentId, at }: AttachButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const attach = useWrite(
    incidentId,
    (file: File) => attachFile(incidentId, file, at),
    () => undefined,
  );
  const choose = (file: File | undefined) => {
    if (!file) return;
    const fits = file.size <= MAX_ATTACHMENT_BYTES;
    const most = writeBytes(MAX_ATTACHMENT_BYTES);
    setTooLarge(fits ? null : `${file.name} has ${writeBytes(file.size)}; a file may have ${most} at most`);
    if (fits) attach.mutate(file);
  };
  const problem = tooLarge === null ? attach.problem : localProblem("internal", "Too large", tooLarge);
  return (
    <>
      <input
        ref={input}
        type="file"
        aria-label="File to attach"
        className="hidden"
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <Button
        variant="ghost"
        className="max-sm:h-10"
        disabled={attach.isPending}
        onClick={() => input.current?.click()}
      >
        <Paperclip size={14} aria-hidden="true" />
        {attach.isPending ? "Sending" : "File"}
      </Button>
      {problem && (
        <div className="order-last basis-full">
          <ProblemNotice problem={problem} />
        </div>
      )}
    </>
  );
}
