// Which colleagues have a picture.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './api';
import { keys } from './keys';

/** Who has a picture: the user's id, and what tells this picture from the next. */
const facesQuery = queryOptions({
  queryKey: keys.faces,
  queryFn: async () => {
    const { faces } = await call('GET /api/v1/foyer/console/faces', {});
    return Object.fromEntries(faces.map(({ _id, tag }) => [_id, tag]));
  },
  staleTime: Infinity,
});

/** The address of somebody's picture; undefined for who has none, such as every visitor. */
export function useFace(id: string): string | undefined {
  const tag = useQuery(facesQuery).data?.[id];
  return tag && `/avatar/uid/${encodeURIComponent(id)}?initials=false&tag=${tag}`;
}
