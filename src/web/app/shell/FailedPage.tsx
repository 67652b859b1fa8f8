import { Button } from "@mantine/core";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { EmptyState, ErrorState } from "../../parts/State";
import { asProblem } from "../problem";
import css from "./FailedPage.module.css";

/** What stands in place of a page that failed; its neighbours stay as they are. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const problem = asProblem(error);
  return (
    <main id="main" tabIndex={-1} className={css.page}>
      <ErrorState
        error={problem}
        onRetry={
          problem.status === 403
            ? undefined
            : () => {
                reset();
                void router.invalidate();
              }
        }
        actions={<HomeButton />}
      />
    </main>
  );
}

export function MissingPage() {
  return (
    <main id="main" tabIndex={-1} className={css.page}>
      <EmptyState icon="search" title="There is no such page" actions={<HomeButton />}>
        It may have been deleted, or the address has a mistake in it.
      </EmptyState>
    </main>
  );
}

function HomeButton() {
  return (
    <Button size="xs" variant="subtle" renderRoot={(props) => <Link to="/" {...props} />}>
      Go home
    </Button>
  );
}
