import { clsx } from "clsx";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { decisionColor, DecisionWord } from "#components/shell/decision-word.tsx";
import { Age } from "#components/shell/moment.tsx";
import { shortHash } from "../release-words.ts";
import { Told } from "../told.tsx";

/** When it was decided, under which policy, and the record that proves it. */
export function Provenance({ verdict: { decidedAt, policyVersion, hash } }: { verdict: GateAnswer }) {
  return (
    <span className="text-right max-sm:max-w-56">
      <Age at={decidedAt} /> · policy v{policyVersion} · record{" "}
      <a href="#facts" className="rounded-chip hover:text-ink font-mono underline">
        {shortHash(hash)}
      </a>
    </span>
  );
}

/** The decision as one large word, with why, what would change it, and what can be done meanwhile. */
export function Verdict({ verdict }: { verdict: GateAnswer }) {
  const { decision, status, rationale, conditions, alternatives } = verdict;
  const [first, ...rest] = rationale;
  return (
    <>
      <p className={clsx("text-[30px] leading-tight font-semibold tracking-tight", decisionColor(decision))}>
        {capital(decision)}
      </p>
      {status === "insufficient_data" && (
        <p className="mt-1 font-medium">There is not enough data to approve anything.</p>
      )}
      <div className="mt-1 max-w-[75ch]">
        {first !== undefined && (
          <p className="break-words">
            <Told>{first}</Told>
          </p>
        )}
        {rest.map((reason, at) => (
          // Two objectives of one SLO may be told in the same words.
          <p key={`${at} ${reason}`} className="text-dim break-words">
            <Told>{reason}</Told>
          </p>
        ))}
      </div>
      <div className="mt-4 grid gap-4 empty:hidden sm:auto-cols-fr sm:grid-flow-col">
        <Hints
          title="What would change it"
          hints={conditions.map(({ decision: to, when }) => ({ to, words: `if ${when}` }))}
        />
        <Hints title="Meanwhile" hints={alternatives.map(({ decision: to, how }) => ({ to, words: how }))} />
      </div>
    </>
  );
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

interface HintsProps {
  title: string;
  /** What the decision would be, where that is known, and the words. */
  hints: readonly { to: GateAnswer["decision"] | null; words: string }[];
}

function Hints({ title, hints }: HintsProps) {
  if (hints.length === 0) return null;
  return (
    <div>
      <h3 className="text-small text-faint mb-1">{title}</h3>
      <ul className="grid gap-1">
        {hints.map(({ to, words }) => (
          <li key={words} className="break-words">
            {to && (
              <>
                <DecisionWord decision={to} />{" "}
              </>
            )}
            <Told>{words}</Told>
          </li>
        ))}
      </ul>
    </div>
  );
}
