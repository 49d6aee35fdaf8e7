import "server-only";
import { SIGN_IN_PROBLEMS, type SignInProblem } from "#lib/contracts/sign-in-problem.ts";
import { AppError } from "#lib/server/errors.ts";

/** Somebody is not let in by way of the issuer. `detail` is for the log: it may tell what an attacker tried. */
export class SignInRefusal extends AppError {
  readonly problem: SignInProblem;
  readonly detail: string;

  constructor(problem: SignInProblem, detail: string, cause?: unknown) {
    const down = problem === "issuer_unreachable";
    super(down ? "upstream_unavailable" : "unauthenticated", down ? detail : SIGN_IN_PROBLEMS[problem], {
      cause,
    });
    this.name = "SignInRefusal";
    this.problem = problem;
    this.detail = detail;
  }
}
