import { ActionIcon } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Brand } from "../../parts/Brand";
import { Icon } from "../../parts/Icon";
import type { Place } from "../module";
import { setPreference } from "../preferences";
import css from "./Rail.module.css";
import { UserMenu } from "./UserMenu";
import { SETTINGS } from "./places";

export function Rail({ places, isCollapsed }: { places: Place[]; isCollapsed: boolean }) {
  const toggleLabel = isCollapsed ? "Widen the menu" : "Narrow the menu";
  return (
    <nav className={css.rail} aria-label="Main">
      <div className={css.brand}>
        <Link to="/" aria-label="Gridlens, home" className={css.mark}>
          <Brand />
          {!isCollapsed && "Gridlens"}
        </Link>
        <ActionIcon
          size="xs"
          className={css.toggle}
          aria-label={toggleLabel}
          aria-expanded={!isCollapsed}
          onClick={() => setPreference("rail", isCollapsed ? "open" : "collapsed")}
        >
          <Icon name="sidebar" size={14} />
        </ActionIcon>
      </div>
      {places.map((place) => (
        <RailLink key={place.to} place={place} isCollapsed={isCollapsed} />
      ))}
      <UserMenu isCollapsed={isCollapsed} />
    </nav>
  );
}

function RailLink({ place, isCollapsed }: { place: Place; isCollapsed: boolean }) {
  return (
    <Link
      to={place.to}
      className={css.link}
      data-foot={place === SETTINGS || undefined}
      data-tip={isCollapsed ? place.label : undefined}
      activeOptions={{ exact: place.to === "/", includeSearch: false }}
      aria-label={isCollapsed ? place.label : undefined}
    >
      <Icon name={place.icon} />
      {!isCollapsed && place.label}
    </Link>
  );
}
