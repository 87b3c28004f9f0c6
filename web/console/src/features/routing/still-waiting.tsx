// A waiting chat that this routing method shows to nobody before it is taken.
import { Button } from '@mantine/core';
import { Hourglass } from 'lucide-react';
import { t } from '../../lib/text';
import type { Inquiry } from '../../lib/wire';
import { Empty } from '../../ui/state';

interface StillWaitingProps {
  inquiry: Inquiry;
  taking: boolean;
  onTake(): void;
}

export function StillWaiting({ inquiry, taking, onTake }: StillWaitingProps) {
  return (
    <Empty page icon={Hourglass} title={t('waiting.still', { name: inquiry.name })} text={t('waiting.stillText')}>
      <Button data-key="t" aria-keyshortcuts="t" loading={taking} onClick={onTake}>{t('action.take')}</Button>
    </Empty>
  );
}
