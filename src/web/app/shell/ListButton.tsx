import { Button } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** The way from a thing that is not there to the list of those that are. */
export function ListButton({ to, children }: { to: LinkProps["to"]; children: ReactNode }) {
  return (
    <Button size="xs" renderRoot={(props) => <Link to={to} {...props} />}>
      {children}
    </Button>
  );
}
