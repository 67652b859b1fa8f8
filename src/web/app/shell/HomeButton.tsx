import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";

/** The way out that always works. */
export function HomeButton() {
  return (
    <Button size="xs" variant="subtle" renderRoot={(props) => <Link to="/" {...props} />}>
      Go home
    </Button>
  );
}
