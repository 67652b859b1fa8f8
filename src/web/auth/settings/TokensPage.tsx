import { Link } from "@tanstack/react-router";
import { Heading } from "./Heading";
import { TokensCard } from "./TokensCard";

export function TokensPage() {
  return (
    <>
      <Heading title="API tokens">For programs that act in your name, with no more rights than you have. What they can call is in the <Link to="/docs/api">API reference</Link>.</Heading>
      <TokensCard />
    </>
  );
}
