import { UnstyledButton } from "@mantine/core";
import { Suspense, lazy, useState } from "react";
import { roleName } from "../../auth/roles";
import { Avatar } from "../../parts/Avatar";
import { useUser } from "../session";
import css from "./UserMenu.module.css";

const load = () => import("./UserMenuOpen");
const UserMenuOpen = lazy(load);

/** The reader at the foot of the rail; the menu itself loads when it is first wanted. */
export function UserMenu({ isCollapsed = false }: { isCollapsed?: boolean }) {
  const user = useUser();
  const [isWanted, setWanted] = useState(false);
  const button = (
    <UnstyledButton
      className={css.me}
      aria-label={isCollapsed ? `${user.name}, your menu` : undefined}
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onClick={() => setWanted(true)}
    >
      <Avatar name={user.name} />
      {!isCollapsed && (
        <span className={css.who}>
          <span className={css.name}>{user.name}</span>
          <span className={css.role}>
            {roleName(user.role)} · {user.organisation}
          </span>
        </span>
      )}
    </UnstyledButton>
  );
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <UserMenuOpen target={button} />
    </Suspense>
  );
}
