// One department, or a new one, under its address.
import { useParams } from '@tanstack/react-router';
import { DepartmentPage } from '../features/departments/department';
import { t } from '../lib/text';
import { Guard } from './guard';
import '../lib/page-texts';

export function DepartmentRoute() {
  const { id } = useParams({ from: '/frame/manage/departments/$id' });
  return (
    <Guard permission="view-livechat-departments" name={t('departments.title')}>
      <DepartmentPage id={id} />
    </Guard>
  );
}
