// Defining custom fields.
import { call, type Request } from '../../lib/api';
import type { CustomField } from '../../lib/custom-fields';

type Data = Request<'POST /api/v1/livechat/custom-fields.save'>['body']['customFieldData'];

export type Draft = Omit<CustomField, '_updatedAt' | 'scope' | 'visibility' | 'type'> & { scope: Data['scope']; visible: boolean; type: string };

export const blank: Draft = { _id: '', label: '', scope: 'visitor', visible: true, regexp: '', searchable: false, type: 'input', required: false, defaultValue: '', options: '', public: false };

export function draftOf({ visibility, ...field }: CustomField): Draft {
  return { ...field, scope: field.scope === 'room' ? 'room' : 'visitor', visible: visibility === 'visible' };
}

export function saveField({ known, draft: { _id, visible, type, ...rest } }: { known: CustomField | undefined; draft: Draft }): Promise<unknown> {
  const data: Data = { ...rest, field: _id, visibility: visible ? 'visible' : 'hidden', type: type === 'select' ? type : 'input' };
  return call('POST /api/v1/livechat/custom-fields.save', { body: { ...(known && { customFieldId: known._id }), customFieldData: data } });
}

export function removeField({ _id }: CustomField): Promise<unknown> {
  return call('POST /api/v1/livechat/custom-fields.delete', { body: { customFieldId: _id } });
}
