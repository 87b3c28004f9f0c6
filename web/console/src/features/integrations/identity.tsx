// Who the site says the visitor is: the latest answer, and the button that asks again.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BadgeCheck, CircleSlash, RefreshCw, UserRound } from 'lucide-react';
import { call } from '../../lib/api';
import { now } from '../../lib/clock';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { maybe, t } from '../../lib/text';
import { fullTime, shortMoment } from '../../lib/time';
import { toast } from '../../ui/toast';
import { identityQuery, type Check } from './queries';
import styles from './integrations.module.css';
import '../../lib/page-texts';

export function Identity({ rid }: { rid: string }) {
  const { data } = useQuery(identityQuery(rid));
  const client = useQueryClient();
  const verify = useMutation({
    mutationFn: () => call('POST /api/v1/foyer/rooms/{rid}/identity', { path: { rid } }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.identity(rid) }),
  });
  const latest = data?.checks[0];
  if (!data || (!latest && !data.mayVerify)) return null;
  return (
    <section className={styles['identity']} aria-label={t('identity.title')}>
      <h2 className={styles['title']}>{t('identity.title')}</h2>
      {latest ? <Answer check={latest} /> : <p className={styles['text']}>{t('identity.asking')}</p>}
      {data.mayVerify && (
        <Button mt={8} size="xs" variant="default" leftSection={<RefreshCw aria-hidden size={14} />} loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('identity.again')}
        </Button>
      )}
    </section>
  );
}

function Answer({ check }: { check: Check }) {
  return (
    <>
      <p className={styles['verdict']} data-tone={toneOf(check)}>
        {toneOf(check) === 'good' ? <BadgeCheck aria-hidden size={16} /> : check.reason ? <CircleSlash aria-hidden size={16} /> : <UserRound aria-hidden size={16} />}
        <span>{verdict(check)}</span>
        <time dateTime={check.at} title={fullTime(check.at)} className="tabular">{shortMoment(check.at, now())}</time>
      </p>
      {check.reason && <p className={styles['text']}>{reason(check.reason)}</p>}
      {check.text && <p className={styles['text']}><bdi>{check.text}</bdi></p>}
      {check.fields.length > 0 && (
        <dl className={styles['facts']}>
          {check.fields.map(({ name, value }, i) => (
            <div key={i} className={styles['fact']}>
              <dt><bdi>{maybe(`identity.field.${name}`) ?? name}</bdi></dt>
              <dd>{name === 'url' && isWeb(value) ? <a href={value} target="_blank" rel="noopener noreferrer"><bdi dir="ltr">{value}</bdi></a> : <bdi>{value}</bdi>}</dd>
            </div>
          ))}
        </dl>
      )}
      {check.by && <p className={styles['text']}>{t('identity.by', { name: check.by })}</p>}
    </>
  );
}

function toneOf({ reason, loggedIn }: Check): 'good' | 'plain' {
  return !reason && loggedIn ? 'good' : 'plain';
}

function verdict({ reason, loggedIn }: Check): string {
  if (reason) return t('identity.notVerified');
  if (loggedIn === undefined) return t('identity.answered');
  return t(loggedIn ? 'identity.signedIn' : 'identity.notSignedIn');
}

function reason(code: string): string {
  const status = /^status-(\d+)$/.exec(code)?.[1];
  return status ? t('identity.status', { status }) : maybe(`webhooks.error.${code}`) ?? t('identity.unreadable');
}

function isWeb(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
