import { notFound } from "next/navigation";

/** Any other address of the console: not found, in its frame, for whoever is signed in. */
export default function UnknownPage(): never {
  notFound();
}
