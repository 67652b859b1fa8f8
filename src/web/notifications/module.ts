import type { WebModule } from "../app/module";

export const notifications: WebModule = {
  places: [
    { label: "Reports", to: "/reports", icon: "mail", key: "r", needs: "reports.read" },
    { label: "Mailbox", to: "/mailbox", icon: "inbox", needs: "mailbox.read", isDemoOnly: true },
  ],
};
