import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { use } from "react";
import { ErrorState } from "../../parts/State";
import { asProblem } from "../problem";
import css from "./FailedPage.module.css";
import { HomeButton } from "./HomeButton";
import { InsidePage } from "./shell-context";

/** What stands in place of a page that failed; its neighbours stay as they are. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const isInside = use(InsidePage);
  const problem = asProblem(error);
  const failure = (
    <div className={css.page}>
      <ErrorState
        isPage
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
    </div>
  );
  return isInside ? (
    failure
  ) : (
    <main id="main" tabIndex={-1} className={css.main}>
      {failure}
    </main>
  );
}
