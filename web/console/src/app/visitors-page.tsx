// The visitors on the sites, each with what triggers did.
import { OnsiteLedger } from '../features/triggers/ledger';
import { Visitors } from '../features/onsite/visitors';

export function VisitorsPage() {
  return <Visitors ledger={({ _id }) => <OnsiteLedger id={_id} />} />;
}
