import "server-only";
import { isBulkheadRejectedError } from "cockatiel";
import { type Error as DriverError, isDriverAdapterError } from "@prisma/driver-adapter-utils";
import { AppError } from "#lib/server/errors.ts";
import type { Prisma } from "./generated/client.ts";

const OUT_OF_REACH: Partial<Record<DriverError["kind"], string>> = {
  DatabaseNotReachable: "nothing answers at its address",
  DatabaseDoesNotExist: "it does not exist on the server",
  AuthenticationFailed: "it refuses our credentials",
  DatabaseAccessDenied: "it refuses our credentials",
  TlsConnectionError: "no encrypted connection could be made",
  TooManyConnections: "it takes no more connections",
  ConnectionClosed: "the connection was closed",
  SocketTimeout: "it did not answer in time",
};
/** Of Prisma's own pool: no connection became free, no transaction could begin in time. */
const POOL_IS_BUSY = new Set(["P2024", "P2028"]);

/** Of the driver's pool, which says it without a code of its own. */
const DRIVER_POOL_IS_BUSY = "timeout exceeded when trying to connect";

/** By name: the client may stem from another bundle's copy of Prisma than this module. */
function isKnown(error: unknown): error is Prisma.PrismaClientKnownRequestError {
  return error instanceof Error && error.name === "PrismaClientKnownRequestError";
}

function reason(error: unknown): string | undefined {
  if (error instanceof Error && error.message.includes(DRIVER_POOL_IS_BUSY))
    return "all connections are in use";
  if (isBulkheadRejectedError(error)) return "too many writers wait for it";
  if (!isKnown(error)) return undefined;
  if (POOL_IS_BUSY.has(error.code)) return "all connections are in use";
  const driver = error.meta?.["driverAdapterError"];
  if (!driver || !isDriverAdapterError(driver)) return undefined;
  const { cause } = driver;
  // Class 57P: the server shuts down, has crashed or is starting.
  if (cause.kind === "postgres" && cause.code.startsWith("57P")) return "it is stopping or starting";
  return OUT_OF_REACH[cause.kind];
}

/** Of PostgreSQL: a number, a time, a text or a character that no column can hold. */
const CANNOT_BE_KEPT = new Set(["22003", "22008", "22021", "22P05"]);
/** The same, in the words of the driver. */
const CANNOT_BE_READ = new Set<DriverError["kind"]>(["ValueOutOfRange", "InvalidInputValue"]);
/** The same, said by Prisma before it asks. */
const CANNOT_BE_ASKED = new Set(["P2020", "P2033"]);

function cannotBeKept(error: unknown): boolean {
  if (!isKnown(error)) return false;
  if (CANNOT_BE_ASKED.has(error.code)) return true;
  const driver = error.meta?.["driverAdapterError"];
  if (!driver || !isDriverAdapterError(driver)) return false;
  const { cause } = driver;
  return CANNOT_BE_READ.has(cause.kind) || (cause.kind === "postgres" && CANNOT_BE_KEPT.has(cause.code));
}

/**
 * Passes work on, telling a database out of reach (`unavailable`, with the reason) and values that it cannot
 * hold (`invalid`) from a defect of ours.
 */
export async function reachable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (cannotBeKept(error)) {
      const what = "a value cannot be kept: a number or time out of range, or a character such as NUL";
      throw new AppError("invalid", what, { cause: error });
    }
    const why = reason(error);
    if (why === undefined) throw error;
    throw new AppError("unavailable", `the database cannot be reached: ${why}`, { cause: error });
  }
}
