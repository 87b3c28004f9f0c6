// The launcher's logo: what is there now, another one, none.
import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api';
import { keys } from '../../lib/keys';
import { settingQuery } from '../../lib/public-settings';
import { t } from '../../lib/text';
import { PictureField } from '../../ui/picture-field';
import styles from './appearance.module.css';

const assetName = 'livechat_widget_logo';

/** Where the logo is; undefined without one. */
export function useLogo(): string | undefined {
  return useQuery(settingQuery('Assets_livechat_widget_logo')).data?.url;
}

function setLogo(file: File): Promise<unknown> {
  const body = new FormData();
  body.append('assetName', assetName);
  body.append('asset', file);
  return call('POST /api/v1/assets.setAsset', { body });
}

export function Logo({ disabled }: { disabled: boolean }) {
  const logo = useLogo();
  const colour = useQuery(settingQuery('Livechat_title_color')).data ?? '';
  return (
    <Group gap="sm">
      {logo && <img className={styles['logo']} src={logo} alt="" width={44} height={44} style={{ background: colour }} />}
      <PictureField name={t('appearance.logo')} accept="image/svg+xml,image/png,image/jpeg" has={Boolean(logo)} disabled={disabled} renews={[keys.settings]} save={setLogo} remove={() => call('POST /api/v1/assets.unsetAsset', { body: { assetName } })} />
    </Group>
  );
}
