// A field that must be filled. What is missing is said under it in our words, not in the browser's bubble.
import { TextInput, type TextInputProps } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { t } from '../lib/text';

/** Shown under a field until it is changed. */
export function useNeeded(): { wrong: string | undefined; watch: { onInvalid(event: FormEvent<HTMLInputElement>): void; onInput(): void } } {
  const [wrong, setWrong] = useState<string>();
  return {
    wrong,
    watch: {
      onInvalid: (event) => {
        const input = event.currentTarget;
        event.preventDefault();
        setWrong(t(input.validity.typeMismatch ? 'field.notAddress' : 'field.missing'));
        if (input.form?.querySelector('input:invalid') === input) input.focus();
      },
      onInput: () => setWrong(undefined),
    },
  };
}

/** A line of text that is not only spaces. */
export function Needed({ error, ...props }: TextInputProps) {
  const { wrong, watch } = useNeeded();
  return <TextInput {...props} {...watch} error={wrong ?? error} required withAsterisk={false} pattern={props.type === 'email' ? undefined : '.*\\S.*'} />;
}
