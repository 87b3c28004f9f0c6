// A waiting chat that this routing method shows to nobody before it is taken.
import { Button } from '@mantine/core';
import { Hourglass } from 'lucide-react';
import { useTakesChats } from '../../lib/session';
import { t } from '../../lib/text';
import type { Inquiry } from '../../lib/wire';
import { Empty } from '../../ui/state';

interface StillWaitingProps {
  inquiry: Inquiry;
  taking: boolean;
  onTake(): void;
}

export function StillWaiting({ inquiry, taking, onTake }: StillWaitingProps) {
  const takes = useTakesChats();
  return (
    <Empty page icon={Hourglass} title={t('waiting.still', { name: inquiry.name })} text={t(takes ? 'waiting.stillText' : 'take.off')}>
      <Button data-key="t" disabled={!takes} aria-keyshortcuts="t" loading={taking} onClick={onTake}>{t('action.take')}</Button>
    </Empty>
  );
}
