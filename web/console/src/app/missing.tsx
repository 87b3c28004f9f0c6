// An address that leads nowhere.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { t } from '../lib/text';
import { Empty } from '../ui/state';

export function Missing() {
  return (
    <main style={{ display: 'grid', blockSize: '100%' }}>
      <Empty page icon={MapPinOff} title={t('missing.title')} text={t('missing.text')}>
        <Button component={Link} to="/inbox" variant="default">
          {t('missing.back')}
        </Button>
      </Empty>
    </main>
  );
}
