import { useMemo } from "react";
import { coursePaths } from "../parts/ribbon";
import { Icon } from "../parts/Icon";
import { Skeleton } from "../parts/Skeleton";
import { useCourse } from "./calls";
import css from "./Thumbnail.module.css";
import { NO_CHOICE } from "./types";

const WIDTH = 240;
const HEIGHT = 84;

/** A dashboard at a glance: how its first chart goes along the dashboard's own range. */
export function Thumbnail({ dashboardId }: { dashboardId: string }) {
  const { data: course, isPending } = useCourse(dashboardId, null, NO_CHOICE.filters);
  const { line, area } = useMemo(() => coursePaths(course?.values ?? [], WIDTH, HEIGHT), [course]);
  return (
    <span className={css.picture} aria-hidden="true">
      {isPending ? (
        <Skeleton shape="bars" />
      ) : course ? (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
          <path className={css.area} d={area} />
          <path className={css.line} d={line} />
        </svg>
      ) : (
        <Icon name="dashboard" size={20} />
      )}
    </span>
  );
}
