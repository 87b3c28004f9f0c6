// The websites this server serves.
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CodeXml, Globe, Plus, SlidersHorizontal, type LucideIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { later } from '../../lib/later';
import { sitesKey, sitesQuery } from '../../lib/sites';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { removeSite, type Site } from './queries';
import type { Names } from './site-settings';

const SiteForm = later(async () => (await import('./site-form')).SiteForm);
const SiteSettings = later(async () => (await import('./site-settings')).SiteSettings);
const Snippet = later(async () => (await import('./snippet')).Snippet);

type Open = { what: 'form' | 'settings' | 'code' | 'removal'; site: Site } | { what: 'new' };

export function Sites({ names }: { names: Names }) {
  const { data, error, refetch } = useQuery(sitesQuery);
  const [open, setOpen] = useState<Open>();
  const done = () => setOpen(undefined);
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen({ what: 'new' })}>{t('sites.add')}</Button>;
  const now = open && 'site' in open ? data?.sites.find(({ _id }) => _id === open.site._id) : undefined;
  return (
    <Page title={t('sites.title')} text={t('sites.text')} actions={add}>
      <Records
        read={{ data: data?.sites, error, refetch }}
        empty={{ icon: Globe, title: t('sites.title'), text: t('sites.text') }}
        row={(site) => (
          <Record
            key={site._id} face={<Globe aria-hidden size={18} />} name={site.name} marks={marksOf(site)} onOpen={() => setOpen({ what: 'form', site })}
            text={<Group component="span" gap={4}>
              <bdi dir="ltr">{site.hosts.join(', ') || site._id}</bdi>
              <Way icon={SlidersHorizontal} name={t('sites.settings')} of={t('sites.ownOf', { name: site.name })} onOpen={() => setOpen({ what: 'settings', site })} />
              <Way icon={CodeXml} name={t('sites.codeShort')} of={t('sites.codeOf', { name: site.name })} onOpen={() => setOpen({ what: 'code', site })} />
            </Group>}
            {...(site._id !== 'default' && { onRemove: () => setOpen({ what: 'removal', site }) })}
          />
        )}
      />
      <Suspense>
        {(open?.what === 'new' || (open?.what === 'form' && now)) && <SiteForm site={now} onDone={done} />}
        {open?.what === 'settings' && now && data && <SiteSettings site={now} settings={data.settings} names={names} onDone={done} />}
        {open?.what === 'code' && now && <Snippet site={now} onDone={done} />}
      </Suspense>
      {open?.what === 'removal' && now && <Removal site={now} onDone={done} />}
    </Page>
  );
}

function Way({ icon: Icon, name, of, onOpen }: { icon: LucideIcon; name: string; of: string; onOpen(): void }) {
  return <Button variant="subtle" color="gray" size="compact-sm" leftSection={<Icon aria-hidden size={15} />} aria-label={of} title={of} onClick={onOpen}>{name}</Button>;
}

function marksOf({ settings, departments }: Site): string[] {
  const own = Object.keys(settings).length;
  return [t('sites.departments', { count: departments.length }), ...(own ? [t('sites.owns', { count: own })] : [])];
}

function Removal({ site, onDone }: { site: Site; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removeSite, renews: [sitesKey], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: site.name })} text={t('sites.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(site)} onDone={onDone} />;
}
