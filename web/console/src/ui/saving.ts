// Saving something a list shows: the list is read anew, a notice says what was done.
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { renew } from '../lib/change';
import { toast } from './toast';

interface SavingOptions<T, R> {
  run(value: T): Promise<R>;
  /** Entries of the cache that are outdated then. */
  renews: readonly (readonly string[])[];
  said(value: T, result: R): string;
  then(): void;
}

export function useSaving<T, R = unknown>({ run, renews, said, then }: SavingOptions<T, R>): UseMutationResult<R, Error, T> {
  const client = useQueryClient();
  return useMutation<R, Error, T>({
    mutationFn: run,
    onSuccess: (result, value) => {
      toast({ tone: 'done', text: said(value, result) });
      then();
    },
    onSettled: () => {
      for (const queryKey of renews) renew(client, { queryKey });
    },
  });
}
