// Asks before unsaved changes are lost: by a link, the back button or closing the window.
import { useBlocker } from '@tanstack/react-router';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';

export function Leaving({ unsaved }: { unsaved: boolean }) {
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: () => unsaved, enableBeforeUnload: unsaved, withResolver: true, disabled: !unsaved });
  if (status !== 'blocked') return null;
  return <Confirm title={t('departments.leave')} text={t('departments.leaveText')} yes={t('departments.leaveYes')} error={null} busy={false} onYes={proceed} onDone={reset} />;
}
