// Dialogs of the administration: a form that saves, and a question before something goes.
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { explain } from '../lib/explain';
import { t } from '../lib/text';
import './inputs';
import { stay, useSettled } from './settle';

interface FormDialogProps {
  title: string;
  /** Why it was refused. */
  error: Error | null;
  busy: boolean;
  /** False: nothing can be saved yet. */
  ready?: boolean;
  submit?: string;
  /** Stands at the start of the line of buttons. */
  aside?: ReactNode;
  onSubmit(): void;
  onDone(): void;
  children: ReactNode;
}

export function FormDialog({ title, error, busy, ready = true, submit = t('action.save'), aside, onSubmit, onDone, children }: FormDialogProps) {
  const send = useSettled(onSubmit);
  return (
    <Modal opened onClose={onDone} title={title} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <form onSubmit={send}>
        <Stack gap="sm">
          {error && <Alert color="red" role="alert">{explain(error)}</Alert>}
          {children}
        </Stack>
        <Group mt="lg" gap="xs">
          {aside}
          <Group ms="auto" gap="xs">
            <Button variant="default" onClick={onDone}>{t('action.cancel')}</Button>
            <Button type="submit" loading={busy} disabled={!ready} onMouseDown={stay}>{submit}</Button>
          </Group>
        </Group>
      </form>
    </Modal>
  );
}

interface ConfirmProps {
  title: string;
  /** What will be gone and what stays. */
  text: string;
  yes: string;
  /** Nothing will be gone. */
  harmless?: boolean;
  error: Error | null;
  busy: boolean;
  onYes(): void;
  onDone(): void;
}

export function Confirm({ title, text, yes, harmless, error, busy, onYes, onDone }: ConfirmProps) {
  return (
    <Modal opened onClose={onDone} title={title} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <Stack gap="sm">
        {error && <Alert color="red" role="alert">{explain(error)}</Alert>}
        <p style={{ margin: 0, textWrap: 'pretty' }}>{text}</p>
      </Stack>
      <Group mt="lg" gap="xs" justify="flex-end">
        <Button variant="default" data-autofocus onClick={onDone}>{t('action.cancel')}</Button>
        <Button {...(!harmless && { color: 'red.6' })} loading={busy} onClick={onYes}>{yes}</Button>
      </Group>
    </Modal>
  );
}
