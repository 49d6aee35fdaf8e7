import { type Action, type Role, ROLES, type Scope } from "#lib/domain/access/permissions.ts";
import { actionsOf } from "#lib/domain/access/role-actions.ts";

export const WORD_OF_ROLE: Readonly<Record<Role, string>> = {
  viewer: "Viewer",
  sre: "SRE",
  product_owner: "Product owner",
  release_manager: "Release manager",
  admin: "Admin",
};

/** What an action is, as the end of "may …". */
export const WORDS_OF_ACTION: Readonly<Record<Action, string>> = {
  "measurements:read": "see health, services, nodes and their charts",
  "catalogue:read": "see the service catalogue",
  "catalogue:write": "edit the service catalogue",
  "slos:read": "see SLOs and their budgets",
  "slos:draft": "draft SLOs and annotate their budgets",
  "slos:publish": "set SLOs in force, with their targets, exclusions and corrections",
  "alerts:deliver": "deliver alerts",
  "alerts:read": "see alerts, silences and rules",
  "alerts:silence": "silence alerts",
  "rules:write": "write alert rules",
  "runbooks:write": "write runbooks",
  "actions:run": "run the guarded actions of runbooks",
  "actions:approve": "agree to an action where it names their role",
  "incidents:read": "see incidents and their post-mortems",
  "incidents:write": "handle incidents",
  "notifications:read": "see who was told what",
  "notifications:write": "set up who is told what, and who is on call",
  "gate:ask": "ask the gate whether something may go out",
  "releases:read": "see releases and the log of decisions",
  "releases:write": "request and withdraw releases, and report deploys",
  "releases:approve": "say yes or no to releases, as far as their role goes",
  "budget:spend": "agree to spend more of a budget",
  "freezes:write": "declare and cancel freezes",
  "gate-policy:write": "propose and publish policies of the gate",
  "boards:read": "see boards",
  "boards:write": "make and change boards",
  "queries:run": "run PromQL and LogQL of their own",
  "operations:read": "see how Burnline itself is doing",
  "sources:read": "see the sources",
  "sources:test": "test a source",
  "account:manage": "manage an account",
  "sessions:manage": "see and end sessions",
  "people:read": "see everybody with an account",
  "people:write": "add, change and erase people",
  "roles:read": "see what each role may do",
  "roles:write": "confine a role to certain series",
  "tokens:read": "see API tokens",
  "tokens:write": "make and revoke API tokens",
  "audit:read": "read the audit log",
  "audit:write": "send audit records to a webhook",
};

/** What a token's scope lets it do, within its role. */
export const WORDS_OF_SCOPE: Readonly<Record<Scope, string>> = {
  read: "Read health, services, nodes, the catalogue and roles",
  query: "Run PromQL and LogQL, as Grafana does",
  write: "Change what its role may change, such as the catalogue",
  webhook: "Deliver events, as Alertmanager and GitHub do",
  admin: "Manage people, tokens, sources and the audit log; needs the admin role",
};

/** What a role allows beyond looking, which every role does. */
export function meaningOf(role: Role): string {
  const everybody = actionsOf("viewer");
  if (role === "viewer") return sentence(everybody);
  const more = actionsOf(role).filter((action) => !everybody.includes(action));
  return more.length === 0 ? "No more than a viewer so far" : sentence(more);
}

function sentence(actions: readonly Action[]): string {
  return `May ${actions.map((action) => WORDS_OF_ACTION[action]).join("; ")}`;
}

export const ROLE_CHOICES = ROLES.map((role) => ({ value: role, label: WORD_OF_ROLE[role] }));
