import { NativeSelect } from "@mantine/core";
import { useLocale } from "./locale";
import { choicesOf } from "./kept";

interface KeptForProps {
  /** Seconds; nothing is the default. */
  value: number | null;
  onChange: (seconds: number | null) => void;
  /** What the default is: "as the server is set", "as its source says". */
  otherwise: string;
}

/** How old numbers may become before the source is asked again. */
export function KeptFor({ value, onChange, otherwise }: KeptForProps) {
  const { locale } = useLocale();
  return (
    <NativeSelect
      label="Answers are kept for"
      description="Until then the same numbers are shown again, with their age. “Now” always asks the source."
      value={value === null ? "" : String(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? null : Number(currentTarget.value))}
      data={choicesOf(value, otherwise, locale)}
    />
  );
}
