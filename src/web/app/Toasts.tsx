import "@mantine/core/styles/Notification.layer.css";
import "@mantine/notifications/styles.layer.css";
import { Notifications } from "@mantine/notifications";

/** Where messages appear; loaded after the first page, which has none. */
export default function Toasts() {
  return <Notifications position="bottom-right" limit={3} zIndex={400} />;
}
