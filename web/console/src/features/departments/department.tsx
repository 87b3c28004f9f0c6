// The page of one department, or of one that is being made.
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { Refusal } from '../../lib/api';
import { t } from '../../lib/text';
import { Bones, Empty, Trouble } from '../../ui/state';
import { draftOf, fresh } from './draft';
import { Form } from './form';
import styles from './form.module.css';
import { departmentQuery } from './queries';

/** An id of the address, or the word for a new one. */
const none = 'new';

export function DepartmentPage({ id }: { id: string }) {
  return id === none ? <Form key={none} id={undefined} department={undefined} stored={fresh} /> : <Stored key={id} id={id} />;
}

function Stored({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(departmentQuery(id));
  if (data) return <Form id={id} department={data.department} stored={draftOf(data.department, data.agents)} />;
  const gone = error instanceof Refusal && error.status === 404;
  return (
    <main className={styles['alone']}>
      {gone && <Empty page icon={Users} title={t('departments.gone')} text={t('departments.goneText')} />}
      {error && !gone && <Trouble page error={error} retry={() => void refetch()} />}
      {!error && <Bones rows={5} />}
    </main>
  );
}
