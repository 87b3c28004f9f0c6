// Choosing a picture and taking it away; each is done at once.
import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { renew } from '../lib/change';
import { explain } from '../lib/explain';
import { t } from '../lib/text';
import { toast } from './toast';

interface PictureFieldProps {
  /** What the picture is of, for who does not see it. */
  name: string;
  accept: string;
  /** There is one that can be taken away. */
  has: boolean;
  disabled?: boolean;
  /** Entries of the cache that are outdated then. */
  renews: readonly (readonly string[])[];
  save(file: File): Promise<unknown>;
  remove(): Promise<unknown>;
}

export function PictureField({ name, accept, has, disabled, renews, save, remove }: PictureFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (file: File | null) => (file ? save(file) : remove()),
    onSuccess: (_, file) => toast({ tone: 'done', text: t(file ? 'picture.saved' : 'picture.removed') }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => renews.forEach((queryKey) => renew(client, { queryKey })),
  });
  return (
    <Group gap="xs" role="group" aria-label={name}>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={name}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) act.mutate(file);
        }}
      />
      <Button variant="default" disabled={disabled} loading={act.isPending} onClick={() => input.current?.click()}>{t(has ? 'picture.change' : 'picture.choose')}</Button>
      {has && <Button variant="subtle" color="gray" disabled={disabled || act.isPending} onClick={() => act.mutate(null)}>{t('picture.remove')}</Button>}
    </Group>
  );
}
