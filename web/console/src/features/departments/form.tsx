// The form of a department: its sections, and the bar that saves them together.
import { Alert, Button, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Archive, ChevronLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Refusal } from '../../lib/api';
import { renew } from '../../lib/change';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import '../../ui/inputs';
import { Page } from '../../ui/page';
import { stay, useSettled } from '../../ui/settle';
import { toast } from '../../ui/toast';
import { changes, fieldOf, mistakes, saveOf, type Draft, type Field } from './draft';
import styles from './form.module.css';
import { Leaving } from './leaving';
import { save, unarchive, type Department, type Saved } from './queries';
import { Sections } from './sections';

interface FormProps {
  id: string | undefined;
  department: Department | undefined;
  /** As it is on the server now. */
  stored: Draft;
}

export function Form({ id, department, stored }: FormProps) {
  const edit = useEdit(id, stored);
  const { draft, from, changed, saving } = edit;
  const archived = department?.archived ?? false;
  const readOnly = archived || !useMay()('manage-livechat-departments');
  const form = useRef<HTMLFormElement>(null);
  const submit = useSettled(() => {
    if (!readOnly) edit.save();
  });
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [edit.attempt]); // not while it is being put right
  return (
    <Page title={id ? from.name : t('departments.add')} text={t('departments.formText')} above={<Link to="/departments" className={styles['back']}><ChevronLeft aria-hidden size={16} />{t('departments.title')}</Link>}>
      {archived && <Archived department={department} />}
      {readOnly && !archived && <p className={styles['notice']}>{t('departments.readOnly')}</p>}
      <form ref={form} noValidate onSubmit={submit}>
        <Sections id={id} draft={draft} from={from} errors={edit.errors} readOnly={readOnly} department={department} put={edit.put} />
        {!readOnly && (changed.length > 0 || !id) && (
          <div className={styles['bar']} role="region" aria-label={t('settings.unsaved')}>
            {edit.trouble && <Alert color="red" role="alert">{edit.trouble}</Alert>}
            {edit.overtaken && <p role="status">{t('departments.overtaken')} <UnstyledButton className={styles['adopt']} onClick={edit.adopt}>{t('departments.adopt')}</UnstyledButton></p>}
            <p>
              <strong>{id ? t('departments.changed', { count: changed.length }) : t('departments.newOne')}</strong>
              <span className={styles['names']}>{changed.map((field) => t(`departments.field.${field}`)).join(', ')}</span>
            </p>
            {id ? <Button variant="default" onClick={edit.reset}>{t('action.discard')}</Button> : <Button variant="default" fw={400} fz="md" renderRoot={(props) => <Link {...props} to="/departments" />}>{t('action.cancel')}</Button>}
            <Button type="submit" loading={saving} onMouseDown={stay}>{t(id ? 'action.save' : 'departments.create')}</Button>
          </div>
        )}
      </form>
      <Leaving unsaved={changed.length > 0 && !edit.done} />
    </Page>
  );
}

function Archived({ department }: { department: Department | undefined }) {
  const client = useQueryClient();
  const may = useMay();
  const back = useMutation({
    mutationFn: unarchive,
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => renew(client, { queryKey: keys.departments }),
  });
  return (
    <div className={styles['notice']}>
      <Archive aria-hidden size={18} />
      <span>{t('departments.isArchived')}</span>
      {department && may('manage-livechat-departments') && <Button size="xs" variant="default" loading={back.isPending} onClick={() => back.mutate(department)}>{t('departments.unarchive')}</Button>}
    </div>
  );
}

/** What is edited: begun from what was stored then, saved over what is stored now. */
function useEdit(id: string | undefined, stored: Draft) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [from, setFrom] = useState(stored);
  const [draft, setDraft] = useState(stored);
  const [attempt, setAttempt] = useState(0);
  const [done, setDone] = useState(false);
  const changed = changes(from, draft);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => save(saveOf(id, from, draft)),
    onSuccess: (saved) => {
      tell(saved, id);
      setDone(true);
      renew(client, { queryKey: keys.departments });
    },
  });
  const start = (next: Draft) => {
    setFrom(next);
    setDraft(next);
    setAttempt(0);
    reset();
  };
  useEffect(() => {
    if (done) void navigate({ to: '/departments' });
  }, [done, navigate]);
  const elsewhere = changes(withoutCounts(from), withoutCounts(stored)).length > 0;
  useEffect(() => {
    if (elsewhere && changed.length === 0 && !done) start(stored);
  });
  const code = error instanceof Refusal ? error.code : '';
  const about = fieldOf(code);
  const errors: Errors = { ...(attempt > 0 && mistakes(draft)), ...(error && about && { [about]: explain(error) }) };
  return {
    draft,
    from,
    changed,
    done,
    errors,
    attempt,
    saving: isPending,
    overtaken: elsewhere && changed.length > 0,
    trouble: error && !about ? explain(error) : undefined,
    put: (change: Partial<Draft>) => {
      setDraft({ ...draft, ...change });
      if (error) reset();
    },
    adopt: () => start(stored),
    reset: () => start(stored),
    save: () => {
      setAttempt(attempt + 1);
      if (Object.keys(mistakes(draft)).length === 0) mutate(undefined, { onError: () => setAttempt(attempt + 2) });
    },
  };
}

/** Routing moves the counters all the time; that is nobody's edit. */
function withoutCounts(draft: Draft): Draft {
  return { ...draft, agents: draft.agents.map((line) => ({ ...line, count: 0 })) };
}

function tell({ department, warnings = [] }: Saved, id: string | undefined): void {
  toast({ tone: 'done', text: t(id ? 'records.saved' : 'departments.created', { name: department.name }) });
  if (warnings.includes('department-name-in-use')) toast({ tone: 'refused', text: t('departments.warnName', { name: department.name }) });
  if (warnings.includes('department-unit-unchanged')) toast({ tone: 'refused', text: t('departments.warnUnit') });
}

export type Put = (change: Partial<Draft>) => void;
export type Errors = Partial<Record<Field, string>>;
