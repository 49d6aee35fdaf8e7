import type { SloDefinition } from "../definition/definition.ts";

/** A definition in force, with the id of its page. */
export interface RuleSource {
  id: string;
  definition: SloDefinition;
}

export interface RecordingRule {
  kind: "record";
  name: string;
  expr: string;
  labels: Record<string, string>;
}

export interface AlertRule {
  kind: "alert";
  name: string;
  expr: string;
  /** How long the condition must hold; 0: fires at once. */
  forSeconds: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export type Rule = RecordingRule | AlertRule;

/** Rules that Prometheus evaluates one after the other at the same instant. */
export interface RuleGroup {
  name: string;
  intervalSeconds: number;
  /** What a reader of the file should know, such as the tiers that are left out. */
  comments: string[];
  rules: Rule[];
}

/** Why a definition has fewer rules than it should, or none. */
export interface RuleProblem {
  /** The way to the field that has to change. */
  path: (string | number)[];
  message: string;
}

/** All that is generated for one SLO. */
export interface SloRules {
  id: string;
  key: string;
  groups: RuleGroup[];
  problems: RuleProblem[];
}

/** What the rules need to know beside the definitions. */
export interface RuleOptions {
  /** Exclusion windows are written out from the UTC day of this instant on. */
  nowMs: number;
  /** Burnline's address, for links; null where it is not known. */
  consoleUrl: string | null;
}
