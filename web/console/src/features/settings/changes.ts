// Values that were changed and not saved yet.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { toast } from '../../ui/toast';
import { same, saveAppearance, saveSetting, type Setting, type Value } from './queries';

type ById<T> = Partial<Record<string, T>>;

/** The unsaved values over the stored ones, and how to save them. */
export function useChanges(settings: Setting[], send: Send = saveAll) {
  const client = useQueryClient();
  const [values, setValues] = useState<ById<Value>>({});
  const [errors, setErrors] = useState<ById<string>>({});
  const changed = settings.filter(({ _id, value }) => values[_id] !== undefined && !same(values[_id], value));
  const save = useMutation({
    mutationFn: () => send(changed, values),
    onSuccess: async (refused) => {
      setErrors(refused);
      await client.invalidateQueries({ queryKey: keys.settings });
      setValues((old) => Object.fromEntries(Object.entries(old).filter(([id]) => refused[id] !== undefined)));
    },
  });
  return {
    changed,
    count: changed.length,
    errors,
    saving: save.isPending,
    valueOf: ({ _id, value }: Setting) => values[_id] ?? value,
    isChanged: ({ _id, value }: Setting) => values[_id] !== undefined && !same(values[_id], value),
    put: ({ _id }: Setting, value: Value) => {
      setValues({ ...values, [_id]: value });
      setErrors({ ...errors, [_id]: undefined });
    },
    reset: () => {
      setValues({});
      setErrors({});
    },
    save: () => save.mutate(),
  };
}

/** Saves what changed and returns why what of it was refused. */
type Send = (changed: Setting[], values: ById<Value>) => Promise<ById<string>>;

/** Saves one after the other; what is refused stays with its reason. */
async function saveAll(changed: Setting[], values: ById<Value>): Promise<ById<string>> {
  const errors: ById<string> = {};
  for (const { _id, value } of changed) {
    await saveSetting(_id, values[_id] ?? value).catch((cause: unknown) => { errors[_id] = explain(cause); });
  }
  return told(errors);
}

/** Saves them together, all or none. */
export async function saveTogether(changed: Setting[], values: ById<Value>): Promise<ById<string>> {
  const errors: ById<string> = {};
  await saveAppearance(changed.map(({ _id, value }) => ({ _id, value: values[_id] ?? value }))).catch((cause: unknown) => {
    for (const { _id } of changed) errors[_id] = explain(cause);
  });
  return told(errors);
}

/** Says how it went. */
function told(errors: ById<string>): ById<string> {
  const failed = Object.keys(errors).length;
  toast(failed === 0 ? { tone: 'done', text: t('settings.saved') } : { tone: 'refused', text: t('settings.notSaved', { count: failed }) });
  return errors;
}
