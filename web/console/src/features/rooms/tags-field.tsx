// Tags of a chat: those that are defined for it; any text while none is defined at all.
import { MultiSelect, TagsInput } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api';
import { t } from '../../lib/text';

interface TagsFieldProps {
  department: string | undefined;
  required: boolean;
  value: string[];
  error: string | false;
  onChange(tags: string[]): void;
}

export function TagsField({ department, required, value, error, onChange }: TagsFieldProps) {
  const { data: defined, isPending } = useQuery(tagsQuery(department));
  const field = { mt: 'md', label: t('close.tags'), required, value, error, onChange, openOnFocus: !error };
  if (!defined || defined.length === 0) return <TagsInput {...field} description={t('close.tagsHelp')} maxTags={20} disabled={isPending} />;
  const choices = [...new Set([...defined, ...value])];
  return <MultiSelect {...field} description={t('close.tagsChoose')} data={choices} searchable hidePickedOptions nothingFoundMessage={t('close.tagsNone')} comboboxProps={{ radius: 'md', shadow: 'md' }} />;
}

/** The names of the tags for chats of a department. */
function tagsQuery(department: string | undefined) {
  return queryOptions({
    queryKey: ['tags', department ?? ''],
    queryFn: async () => (await call('GET /api/v1/livechat/tags', { query: { department, count: 100 } })).tags.map(({ name }) => name),
    staleTime: 10_000,
  });
}
