import { EmptyState } from "../../parts/State";
import { HomeButton } from "./HomeButton";
import { Page } from "./Page";

/** For an address that leads nowhere; the shell stays around it. */
export function MissingPage() {
  return (
    <Page title="Not found">
      <EmptyState icon="search" title="There is no such page" actions={<HomeButton />}>
        It may have been deleted, or the address has a mistake in it.
      </EmptyState>
    </Page>
  );
}
