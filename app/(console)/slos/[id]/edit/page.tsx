import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { SloEditor } from "#components/slos/editor/slo-editor.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import { EditorFrame } from "../../editor-frame.tsx";
import { readSlo } from "../read-slo.ts";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { data } = await readSlo(entityNameOf((await params).id));
  return { title: `Edit ${data.slo.key}` };
}

export default async function EditSloPage({ params }: Props) {
  await connection();
  const { slo } = (await readSlo(entityNameOf((await params).id))).data;
  const { id, key, version, revision, definition, source } = slo;
  const draft = slo.draft && { definition: slo.draft.definition, by: slo.draft.by.name ?? "somebody" };
  const initial = draft?.definition ?? definition;
  if (!initial) notFound();
  const crumbs = [
    { label: "SLOs", href: "/slos" },
    { label: key, href: `/slos/${encodeURIComponent(id)}` },
  ];
  const edited = { id, key, version, revision, inForce: definition, draft, fromFile: source === "file" };
  return (
    <EditorFrame title="Edit" crumbs={crumbs}>
      <SloEditor initial={initial} slo={edited} services={[]} />
    </EditorFrame>
  );
}
