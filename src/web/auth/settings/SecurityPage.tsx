import { ActivityCard } from "./ActivityCard";
import { FactorsCard } from "./FactorsCard";
import { Heading } from "./Heading";
import { PasswordCard } from "./PasswordCard";
import { SessionsCard } from "./SessionsCard";
import { TokensCard } from "./TokensCard";
import css from "./settings.module.css";

export function SecurityPage() {
  return (
    <>
      <Heading title="Security">How you log in, and what can act in your name.</Heading>
      <div className={css.grid}>
        <FactorsCard />
        <SessionsCard />
        <TokensCard className={css.whole} />
        <ActivityCard className={css.whole} />
        <PasswordCard />
      </div>
    </>
  );
}
