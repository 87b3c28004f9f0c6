// The business hour the department follows; it is chosen in the hour's own form.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { Row } from '../../ui/page';
import type { Department } from './queries';

export function Hours({ department }: { department: Department | undefined }) {
  const may = useMay()('view-livechat-business-hours');
  const hour = department?.businessHourId;
  const { data } = useQuery({
    queryKey: [...keys.departments, 'hours'],
    queryFn: async () => (await call('GET /api/v1/livechat/business-hours', { query: { count: 100 } })).businessHours,
    enabled: may && hour !== undefined,
  });
  const name = data?.find(({ _id }) => _id === hour)?.name;
  return (
    <Row label={<strong style={{ fontWeight: 500 }}>{t('departments.hour')}</strong>} text={t('departments.hourHelp')}>
      <span>{hour ? name || t('departments.hourOwn') : t('departments.hourDefault')}</span>
    </Row>
  );
}
