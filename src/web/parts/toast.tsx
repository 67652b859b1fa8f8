import { UnstyledButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { asProblem } from "../app/problem";
import { Icon } from "./Icon";
import css from "./toast.module.css";

interface WayBack {
  label: string;
  run: () => void;
}

/** Says what happened, and offers the way back for as long as the message stands. */
export function tell(message: string, way?: WayBack): void {
  show("check", message, way);
}

/** Says that an act failed, and what to do next. */
export function tellProblem(error: unknown): void {
  const problem = asProblem(error);
  // The reader closed the dialog that asked who they are: they know.
  if (problem.kind === "step-up-required") return;
  const id = problem.requestId && problem.status >= 500 ? ` (request ${problem.requestId})` : "";
  show("warning", `${problem.message}${id}`);
}

function show(icon: "check" | "warning", message: string, way?: WayBack): void {
  const id = crypto.randomUUID();
  notifications.show({
    id,
    position: "bottom-center",
    icon: <Icon name={icon} />,
    autoClose: way || icon === "warning" ? 10_000 : 5_000,
    closeButtonProps: { "aria-label": "Dismiss" },
    message: (
      <span className={css.toast}>
        <span>{message}</span>
        {way && (
          <UnstyledButton
            className={css.way}
            onClick={() => {
              notifications.hide(id);
              way.run();
            }}
          >
            {way.label}
          </UnstyledButton>
        )}
      </span>
    ),
  });
}

/** A deed that can be taken back: says so, with "Undo". */
export function tellUndo(message: string, undo: () => Promise<unknown>): void {
  tell(message, {
    label: "Undo",
    run: () => {
      undo().catch(tellProblem);
    },
  });
}
