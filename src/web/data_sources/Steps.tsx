import { Icon } from "../parts/Icon";
import css from "./Steps.module.css";

/** How far somebody is on the way from a choice to data that can be asked: steps before `at` are done. */
export function Steps({ names, at }: { names: readonly string[]; at: number }) {
  return (
    <ol className={css.steps} aria-label="Steps">
      {names.map((name, index) => (
        <li key={name} data-done={index < at || undefined} aria-current={index === at ? "step" : undefined}>
          <span className={css.mark} aria-hidden="true">
            {index < at ? <Icon name="check" size={12} /> : index + 1}
          </span>
          {name}
          {index < at && <span className={css.spoken}>, done</span>}
        </li>
      ))}
    </ol>
  );
}
