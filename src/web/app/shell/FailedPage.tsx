import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ErrorState } from "../../parts/State";
import { asProblem } from "../problem";
import css from "./FailedPage.module.css";
import { HomeButton } from "./HomeButton";

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
