// A choice of how figures count, with what it means.
import { SegmentedControl } from '@mantine/core';
import { t, type TextKey } from '../../lib/text';
import styles from './analytics.module.css';

interface ChoiceProps<Value extends string> {
  name: string;
  values: readonly Value[];
  value: Value;
  /** The texts of a value: its name, and with `Text` behind it what it means. */
  text(value: NoInfer<Value>): TextKey;
  put(value: NoInfer<Value>): void;
}

export function Choice<Value extends string>({ name, values, value, text, put }: ChoiceProps<Value>) {
  return (
    <div className={styles['choice']}>
      <SegmentedControl aria-label={name} data={values.map((one) => ({ value: one, label: t(text(one)) }))} value={value} onChange={(next) => put(next as Value)} />
      <p className={styles['quiet']}>{t(`${text(value)}Text` as TextKey)}</p>
    </div>
  );
}
