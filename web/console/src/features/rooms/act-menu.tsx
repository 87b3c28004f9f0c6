// What one does with a chat, as a menu for small screens.
import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import { t } from '../../lib/text';
import '../../ui/inputs';
import type { Act } from './actions';
import styles from './actions.module.css';
import '../../lib/page-texts';

export function ActMenu({ acts }: { acts: Act[] }) {
  return (
    <Menu withinPortal={false} floatingStrategy="fixed" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={44} className={styles['narrow']} aria-label={t('action.more')}>
          <Ellipsis aria-hidden size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ name, icon: Icon, run }) => (
          <Menu.Item key={name} leftSection={<Icon aria-hidden size={16} />} onClick={run}>{name}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
