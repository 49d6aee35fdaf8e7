import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link within the app. A page is measured when it is opened: fetching all that are merely linked would ask
 * the sources about every row of a table.
 */
export function Link(props: Omit<ComponentProps<typeof NextLink>, "prefetch">) {
  return <NextLink {...props} prefetch={false} />;
}
