// Whether a visitor is there, where that is known.
import type { Room } from '../../lib/wire';

/** Of whoever writes from a telephone, a mailbox or another service nobody knows whether they are there. */
export function presenceOf({ open, source, v }: Room) {
  if (['sms', 'email', 'app'].includes(source.type)) return undefined;
  return (open && v.status) || 'offline';
}
