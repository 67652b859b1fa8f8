import { Page } from "../shell/Page";

export function HomePage() {
  return (
    <Page title="Home" hasOwnSearch>
      <p>Home</p>
    </Page>
  );
}
