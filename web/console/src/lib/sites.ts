// The websites that are served, as records name and choose them.
import { queryOptions } from '@tanstack/react-query';
import { call } from './api';

export const sitesKey = ['sites'] as const;

export const sitesQuery = queryOptions({ queryKey: sitesKey, queryFn: () => call('GET /api/v1/foyer/sites', {}), staleTime: 60_000 });

export const siteNamesQuery = queryOptions({ ...sitesQuery, select: ({ sites }) => sites.map(({ _id, name }) => ({ _id, name })) });
