import { PasswordInput, Select, TextInput } from "@mantine/core";
import { fieldError } from "../parts/fields";
import { zoneNames } from "./zones";

export interface Account {
  name: string;
  password: string;
  zone: string;
}

export const ACCOUNT_FIELDS = ["name", "password", "zone", "locale"];

interface AccountFieldsProps {
  account: Account;
  minimumPasswordLength: number;
  error: unknown;
  onChange: (account: Account) => void;
}

/** What a new person says about themselves, when they set up Gridlens or take an invitation. */
export function AccountFields({ account, minimumPasswordLength, error, onChange }: AccountFieldsProps) {
  return (
    <>
      <TextInput
        size="md"
        label="Your name"
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={200}
        value={account.name}
        error={fieldError(error, "name")}
        onChange={(event) => onChange({ ...account, name: event.currentTarget.value })}
      />
      <NewPassword
        value={account.password}
        minimumLength={minimumPasswordLength}
        error={fieldError(error, "password")}
        onChange={(password) => onChange({ ...account, password })}
      />
      <Select
        size="md"
        label="Time zone"
        description="Days, hours and reports follow it."
        searchable
        allowDeselect={false}
        limit={80}
        data={zoneNames(account.zone)}
        value={account.zone}
        error={fieldError(error, "zone")}
        onChange={(zone) => onChange({ ...account, zone: zone ?? account.zone })}
      />
    </>
  );
}

interface NewPasswordProps {
  label?: string;
  value: string;
  minimumLength: number;
  error?: string;
  onChange: (password: string) => void;
}

export function NewPassword({ label = "Password", value, minimumLength, error, onChange }: NewPasswordProps) {
  const missing = minimumLength - [...value].length;
  return (
    <PasswordInput
      size="md"
      label={label}
      description={
        value !== "" && missing > 0
          ? `${missing} more ${missing === 1 ? "character" : "characters"}`
          : `At least ${minimumLength} characters. A few unrelated words are easy to remember and hard to guess.`
      }
      autoComplete="new-password"
      required
      withAsterisk={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
