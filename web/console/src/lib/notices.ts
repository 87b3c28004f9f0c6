// What the system says about PDFs one asked for, and the saving of one.
import { queryOptions } from '@tanstack/react-query';
import { call, type Response } from './api';
import { keys } from './keys';

export type Notice = Response<'GET /api/v1/foyer/pdf.notices'>['notices'][number];

export const noticesQuery = queryOptions({ queryKey: keys.notices, queryFn: async () => (await call('GET /api/v1/foyer/pdf.notices', {})).notices });

/** Saves a PDF. */
export function save(file: string): void {
  const link = document.createElement('a');
  link.href = `/file-upload/${encodeURIComponent(file)}/transcript.pdf`;
  link.download = '';
  link.click();
}
