import { useId, useRef, useState } from "react";
import css from "./CodeInput.module.css";
import { CODE_LENGTH, isComplete, readCode } from "./code";

interface CodeInputProps {
  method: "totp" | "email";
  value: string;
  onChange: (code: string) => void;
  /** Called once with the whole code, when its last digit arrives. */
  onComplete: (code: string) => void;
  isDisabled?: boolean;
  isWrong?: boolean;
  describedBy?: string;
}

/**
 * One field drawn as boxes: password managers fill it, paste fills all of it, and a screen reader meets one input.
 */
export function CodeInput({ method, value, onChange, onComplete, isDisabled, isWrong, describedBy }: CodeInputProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [hasFocus, setFocus] = useState(false);
  const length = CODE_LENGTH[method];
  const active = Math.min(value.length, length - 1);

  return (
    <div className={css.code} data-busy={isDisabled || undefined} data-length={length} data-wrong={isWrong || undefined}>
      <label htmlFor={id} className={css.label}>
        One-time code, {length} digits
      </label>
      <input
        ref={input}
        id={id}
        className={css.input}
        value={value}
        readOnly={isDisabled}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        // The page exists for this one field.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        onFocus={() => setFocus(true)}
        onBlur={() => setFocus(false)}
        onSelect={() => {
          // The caret belongs behind the last digit: the boxes show no other place.
          const end = input.current?.value.length ?? 0;
          if (input.current?.selectionStart === input.current?.selectionEnd) input.current?.setSelectionRange(end, end);
        }}
        onChange={(event) => {
          const code = readCode(event.currentTarget.value, method);
          onChange(code);
          if (isComplete(code, method) && code !== value) onComplete(code);
        }}
      />
      {Array.from({ length }, (_, index) => (
        <span
          key={index}
          className={css.box}
          data-active={(hasFocus && !isDisabled && index === active) || undefined}
          data-empty={index >= value.length || undefined}
          aria-hidden="true"
        >
          {value[index]}
        </span>
      ))}
    </div>
  );
}
