import { Drawer } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../parts/Icon";
import type { Place } from "../module";
import css from "./TabBar.module.css";
import { UserMenu } from "./UserMenu";

/** What does not fit into the tab bar, and the reader's own menu. */
export default function MorePlaces({ places, onClose }: { places: Place[]; onClose: () => void }) {
  return (
    <Drawer opened onClose={onClose} position="bottom" title="More" classNames={{ content: css.sheet }}>
      {places.map((place) => (
        <Link key={place.to} to={place.to} className={css.row} onClick={onClose}>
          <Icon name={place.icon} />
          {place.label}
        </Link>
      ))}
      <UserMenu />
    </Drawer>
  );
}
