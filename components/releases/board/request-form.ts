import type { z } from "zod";
import type { RequestRelease } from "#lib/contracts/releases.ts";
import type { Lane } from "#lib/domain/gate/policy.ts";
import type { Risk } from "#lib/domain/gate/risk.ts";

/** A question whose answer may be withheld: "" is "not stated", which is not "no". */
type Stated = "" | "yes" | "no";

/** A request as it is typed. */
export interface RequestForm {
  service: string;
  version: string;
  commit: string;
  linesChanged: string;
  migration: Stated;
  rollbackReady: Stated;
  dependents: string;
  summary: string;
  links: string;
  declaredRisk: "" | Risk;
  lane: "" | Lane;
  evidence: string;
}

export const EMPTY_REQUEST: RequestForm = {
  service: "",
  version: "",
  commit: "",
  linesChanged: "",
  migration: "",
  rollbackReady: "",
  dependents: "",
  summary: "",
  links: "",
  declaredRisk: "",
  lane: "",
  evidence: "",
};

type Input = z.input<typeof RequestRelease>;

const number = (text: string) => (text.trim() === "" ? undefined : Number(text));
const truth = (stated: Stated) => (stated === "" ? undefined : stated === "yes");
const words = (text: string) => (text.trim() === "" ? undefined : text.trim());

function laneOf({ lane, evidence }: RequestForm): Input["lane"] {
  if (lane === "") return undefined;
  if (lane === "rollback") return { kind: lane };
  return lane === "security"
    ? { kind: lane, advisory: evidence.trim() }
    : { kind: lane, incident: evidence.trim() };
}

/** What was typed, as the API takes it; what is not stated is left out. */
export function toRequest(form: RequestForm): Input {
  const links = form.links.split(/\s+/).filter((link) => link !== "");
  const change = {
    linesChanged: number(form.linesChanged),
    migration: truth(form.migration),
    rollbackReady: truth(form.rollbackReady),
    dependents: number(form.dependents),
    summary: words(form.summary),
    links: links.length === 0 ? undefined : links,
  };
  return {
    service: form.service,
    version: form.version.trim(),
    commit: form.commit.trim(),
    change,
    declaredRisk: form.declaredRisk === "" ? undefined : form.declaredRisk,
    lane: laneOf(form),
  };
}

/** The field of the form that a path of the contract means: "change.links.0" is `links`. */
export function fieldOf(path: string): keyof RequestForm | null {
  const [head = "", member = ""] = path.split(".");
  if (head === "lane") return member === "advisory" || member === "incident" ? "evidence" : "lane";
  const name = head === "change" ? member : head;
  return Object.hasOwn(EMPTY_REQUEST, name) ? (name as keyof RequestForm) : null;
}
