import "server-only";
import { randomInt } from "node:crypto";

/** Lower case without what is mistaken for another character when it is read out. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** A password of 20 random characters in groups, about 99 bits: to be handed over and changed on first use. */
export function makeFirstPassword(): string {
  const character = () => ALPHABET.charAt(randomInt(ALPHABET.length));
  const group = () => Array.from({ length: GROUP_LENGTH }, character).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}
