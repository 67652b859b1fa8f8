import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { type ProblemError, asProblem, beyondTitle } from "../app/problem";
import { Icon, type IconName } from "./Icon";
import css from "./State.module.css";

interface StateProps {
  icon?: IconName;
  title: string;
  /** What it means, and what leads on. */
  children?: ReactNode;
  /** The way out: one or two small buttons. */
  actions?: ReactNode;
  /** It stands for a whole page, so its title is the page's heading. */
  isPage?: boolean;
}

/** What stands where content would be: nothing yet, not allowed, or a way to begin. */
export function EmptyState({ icon = "info", title, children, actions, isPage = false }: StateProps) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className={css.state}>
      <Icon name={icon} size={20} />
      <Title className={css.title}>{title}</Title>
      {children && <div className={css.text}>{children}</div>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** Further ways out beside "Try again". */
  actions?: ReactNode;
  /** What stands instead of "Try again" where the thing is not there: trying again would not bring it. */
  ifMissing?: ReactNode;
  isPage?: boolean;
}

/** A failure in words, with its cause, the next step, and the id to ask the operator with. */
export function ErrorState({ error, onRetry, actions, ifMissing, isPage }: ErrorStateProps) {
  const [isOpen, setOpen] = useState(false);
  const problem = asProblem(error);
  const isMissing = problem.status === 404;
  return (
    <div role="alert">
      <EmptyState
        icon={problem.status === 403 ? "lock" : "warning"}
        title={problem.title}
        isPage={isPage}
        actions={
          <>
            {isMissing && ifMissing}
            {onRetry && !(isMissing && ifMissing) && (
              <Button size="xs" onClick={onRetry}>
                Try again
              </Button>
            )}
            {actions}
            {problem.requestId && (
              <Button size="xs" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
                Details
              </Button>
            )}
          </>
        }
      >
        {beyondTitle(problem)}
        {isOpen && <ProblemDetails problem={problem} />}
      </EmptyState>
    </div>
  );
}

function ProblemDetails({ problem }: { problem: ProblemError }) {
  return (
    <dl className={css.details}>
      {Object.entries(problem.fields).map(([name, reason]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{reason}</dd>
        </div>
      ))}
      <div>
        <dt>Request</dt>
        <dd>
          <code>{problem.requestId}</code>
        </dd>
      </div>
    </dl>
  );
}
