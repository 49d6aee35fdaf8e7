import { test } from "@playwright/test";
import { ADMIN_STATE, signInAs } from "./sign-in.ts";

test("an administrator signs in for the journeys that follow", async ({ request }) => {
  await signInAs(request, "admin");
  await request.storageState({ path: ADMIN_STATE });
});
