import "server-only";
import type { EventBody } from "#lib/contracts/incident-events.ts";
import { type IncidentDetail, PatchIncident } from "#lib/contracts/incidents.ts";
import { timeOutOfOrder } from "#lib/domain/incidents/durations.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import { changeIncident, type IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { courseOf } from "#lib/server/incidents/transition.ts";
import { requirePerson } from "./known-person.ts";
import { showIncident } from "./show.ts";
import { changeThenShow } from "./stale.ts";
import { requireCurrent } from "./transit.ts";
import { requireOwnCourse } from "./visibility.ts";

type Patch = ReturnType<typeof PatchIncident.parse>;
type Fields = Parameters<typeof changeIncident>[2];

/** A change of the row, and the fact that tells of it. */
interface Change {
  data: Fields;
  body: EventBody;
}

function refuse(path: string, message: string): AppError {
  return new AppError("invalid", `${path}: ${message}`, { fields: [{ path, message }] });
}

const COLUMN_OF_ROLE = {
  commander: "commanderId",
  communications: "communicationsId",
  scribe: "scribeId",
} as const;

type TimePatch = NonNullable<Patch["time"]>;

/** Why a time may not be what is wished; null when it may. */
function whyNotTime(incident: IncidentRecord, { field, to }: TimePatch): AppError | null {
  if (to === null && field === "detectedAt") return refuse("time.to", "an incident has a time of detection");
  if (to !== null && field !== "startedAt" && incident[field] === null)
    return refuse("time.field", `${field} comes with its transition; until then it cannot be set`);
  const atMs = to === null ? null : Date.parse(to);
  if (atMs !== null && atMs > Date.now()) return refuse("time.to", "lies in the future");
  const times = { ...courseOf(incident), startedAtMs: incident.startedAt?.getTime() ?? null };
  const wrong = timeOutOfOrder({ ...times, [`${field}Ms`]: atMs });
  return wrong && refuse("time.to", `${wrong.field} would lie before ${wrong.before}`);
}

function changeOfTime(incident: IncidentRecord, { field, to }: TimePatch): Change {
  const refused = whyNotTime(incident, { field, to });
  if (refused) throw refused;
  const from = incident[field]?.toISOString() ?? null;
  return { data: { [field]: to === null ? null : new Date(to) }, body: { kind: "time", field, from, to } };
}

function changesOf(incident: IncidentRecord, { title, severity, role, time }: Patch): Change[] {
  const changes: Change[] = [];
  if (title !== undefined && title !== incident.title)
    changes.push({ data: { title }, body: { kind: "title", from: incident.title, to: title } });
  if (severity && severity.to !== incident.severity) {
    const body = {
      kind: "severity",
      from: incident.severity,
      to: severity.to,
      reason: severity.reason,
    } as const;
    changes.push({ data: { severity: severity.to }, body });
  }
  if (role && incident[COLUMN_OF_ROLE[role.role]] !== role.personId)
    changes.push({ data: { [COLUMN_OF_ROLE[role.role]]: role.personId }, body: { kind: "role", ...role } });
  if (time) changes.push(changeOfTime(incident, time));
  return changes;
}

/**
 * Changes title, severity, roles or times of an incident; each is a fact on its timeline.
 * @throws `not_found`, `invalid`, `conflict` with the current state
 */
export async function patchIncident(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ incident: IncidentDetail }> {
  authorize(actor, "incidents:write");
  const patch = parseInput(PatchIncident, input);
  const change = () =>
    transaction(async (tx) => {
      const incident = await requireOwnCourse(tx, patch.id, actor);
      requireCurrent(incident, patch.version);
      await requirePerson(tx, "role.personId", patch.role?.personId);
      const changes = changesOf(incident, patch);
      if (changes.length === 0) return;
      const data = Object.assign({}, ...changes.map((one) => one.data)) as Fields;
      await changeIncident(tx, incident.id, data);
      const at = new Date();
      const facts = changes.map(({ body }) => ({ incidentId: incident.id, at, actorId: actor.id, body }));
      await appendEvents(tx, facts);
      await recordAudit(tx, actor, caller, {
        action: "incident.changed",
        resource: { type: "incident", id: incident.id },
        after: { facts: changes.map(({ body }) => body) },
      });
    });
  return { incident: await changeThenShow(change, () => showIncident(actor, patch.id)) };
}
