// A page that needs a permission says so to who lacks it. The server checks for itself.
import { ShieldX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMay } from '../lib/session';
import { t } from '../lib/text';
import { Empty } from '../ui/state';

interface GuardProps {
  permission: string | undefined;
  name: string;
  children: ReactNode;
}

export function Guard({ permission, name, children }: GuardProps) {
  const may = useMay();
  if (permission === undefined || may(permission)) return children;
  return (
    <main style={{ display: 'grid', blockSize: '100%' }}>
      <Empty page icon={ShieldX} title={t('guard.title')} text={t('guard.text', { name, permission })} />
    </main>
  );
}
