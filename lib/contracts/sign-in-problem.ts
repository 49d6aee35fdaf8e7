import { z } from "zod";

/** What the sign-in page says to somebody who came back from the issuer without being let in. */
export const SIGN_IN_PROBLEMS = {
  sign_in_lapsed:
    "This sign-in was begun in another browser, used already, or begun too long ago. Begin again.",
  issuer_unreachable: "The sign-in service cannot be reached. Try again in a minute.",
  issuer_refused: "The sign-in service did not let you in.",
  not_verified:
    "What the sign-in service answered could not be verified. An administrator finds the reason in the log.",
  no_email: "The sign-in service did not tell your e-mail address. An administrator can let it.",
  no_role: "None of your groups has a role here. Ask an administrator for access.",
  no_admin_yet:
    "Nobody administers this place yet: an administrator must sign in first, or the set-up page be used.",
  email_taken:
    "An account with your e-mail address is here already, and it could not be confirmed that it is yours. Ask an administrator.",
  disabled: "Your account is disabled. Ask an administrator.",
  unavailable: "Sign-in does not work at the moment. Try again in a minute.",
} as const;

export const SignInProblem = z.enum(Object.keys(SIGN_IN_PROBLEMS) as [keyof typeof SIGN_IN_PROBLEMS]);
export type SignInProblem = z.infer<typeof SignInProblem>;
