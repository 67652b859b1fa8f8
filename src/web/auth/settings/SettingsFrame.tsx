import { Link, Outlet, useMatches } from "@tanstack/react-router";
import { Page } from "../../app/shell/Page";
import { type Permission, useMay } from "../../app/session";
import css from "./SettingsFrame.module.css";

interface Entry {
  label: string;
  to: string;
  needs?: Permission;
}

const GROUPS: { name: string; entries: Entry[] }[] = [
  {
    name: "You",
    entries: [
      { label: "Profile", to: "/settings/profile" },
      { label: "Security", to: "/settings/security" },
      { label: "Appearance", to: "/settings/appearance" },
      { label: "API tokens", to: "/settings/tokens" },
    ],
  },
  {
    name: "Organisation",
    entries: [
      { label: "Users and roles", to: "/settings/users", needs: "users.manage" },
      { label: "Sign-in rules", to: "/settings/sign-in", needs: "users.manage" },
      { label: "Language model", to: "/settings/language-model", needs: "users.manage" },
      { label: "Audit log", to: "/settings/audit", needs: "audit.read" },
    ],
  },
];

/** Your own settings first, then those of the organisation. */
export function SettingsFrame() {
  const may = useMay();
  const path = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? "" });
  const groups = GROUPS.map(({ name, entries }) => ({
    name,
    entries: entries.filter(({ needs }) => !needs || may(needs)),
  })).filter(({ entries }) => entries.length > 0);
  const current = GROUPS.flatMap(({ entries }) => entries).find(({ to }) => path.startsWith(to));

  return (
    <Page title={current?.label ?? "Settings"} crumbs={[{ label: "Settings", to: "/settings" }]} hasOwnHeading>
      <div className={css.frame}>
        <nav className={css.nav} aria-label="Settings">
          {groups.map(({ name, entries }) => (
            <div key={name} className={css.group}>
              <p className={css.name}>{name}</p>
              {entries.map(({ label, to }) => (
                <Link key={to} to={to} className={css.link}>
                  {label}
                </Link>
              ))}
            </div>
          ))}
        </nav>
        <div className={css.page}>
          <Outlet />
        </div>
      </div>
    </Page>
  );
}
