"use client";

import type { Person } from "#lib/contracts/access.ts";
import { endSessions, erasePerson, resetPassword } from "#lib/client/people.queries.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { EditPersonDialog } from "./edit-person-dialog.tsx";
import { FirstPassword } from "./first-password.tsx";
import type { PersonTask } from "./person-actions.tsx";

interface PersonDialogProps {
  task: PersonTask;
  person: Person;
  isSelf: boolean;
  onChanged: () => void;
  onClose: () => void;
}

/** The dialog of one task about one person. */
export function PersonDialog({ task, person, isSelf, onChanged, onClose }: PersonDialogProps) {
  const noted = async <T,>(work: Promise<T>): Promise<T> => {
    const answer = await work;
    onChanged();
    return answer;
  };
  const who = <bdi className="text-ink">{person.name}</bdi>;
  const running = countOf(person.sessions, "session");
  if (task === "edit")
    return <EditPersonDialog person={person} isSelf={isSelf} onSaved={onChanged} onClose={onClose} />;
  if (task === "password")
    return (
      <ConfirmDialog
        title="New first password"
        confirm="Make it"
        run={() => noted(resetPassword(person.id))}
        result={({ password }) => <FirstPassword name={person.name} password={password} onClose={onClose} />}
        onClose={onClose}
      >
        <p>
          The password of {who} stops working at once, and their {running} end. The new one is shown here once
          and must be changed when it is first used. An authenticator stays as it is.
        </p>
      </ConfirmDialog>
    );
  if (task === "sessions")
    return (
      <ConfirmDialog
        title="End sessions"
        confirm={`End ${running}`}
        run={() => noted(endSessions(person.id))}
        onClose={onClose}
      >
        <p>
          {who} must sign in again wherever they are signed in{isSelf && ": that is you, here too"}. API
          tokens go on working.
        </p>
      </ConfirmDialog>
    );
  return (
    <ConfirmDialog
      title="Erase a person"
      confirm="Erase for good"
      typed={person.email}
      run={() => noted(erasePerson(person.id))}
      onClose={onClose}
    >
      <p>
        The account of {who} goes with its {running}, its authenticator and all of its API tokens, so whatever
        uses those tokens stops working. Their name and addresses disappear from the audit log; what they did
        stays there under an id that leads nowhere.
      </p>
      <p>This cannot be undone. To shut somebody out for a while, edit them and tick Disabled.</p>
    </ConfirmDialog>
  );
}
