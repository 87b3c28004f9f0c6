// How the widget looks, with the widget itself beside the form: what is not saved yet shows there at once.
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../lib/session';
import { language, t, type TextKey } from '../../lib/text';
import '../../ui/inputs';
import { Page, Row, Section } from '../../ui/page';
import { Bones, Trouble } from '../../ui/state';
import styles from './appearance.module.css';
import { saveTogether, useChanges } from './changes';
import { Field } from './field';
import { Logo, useLogo } from './logo';
import { Preview } from './preview';
import { appearanceQuery, type Setting } from './queries';
import { SaveBar } from './save-bar';
import { settingTexts, type SettingTexts } from './texts';
import '../../lib/page-texts';

/** The groups of the form, and what their settings' names begin with; the rest is general. */
const GROUPS: [TextKey, RegExp][] = [
  ['appearance.online', /^Livechat_(title|enable_message|message|show_agent)/],
  ['appearance.offline', /^Livechat_(offline|display_offline)/],
  ['appearance.form', /registration_form/],
  ['appearance.finished', /^Livechat_conversation/],
];

const groupOf = ({ _id }: Setting): TextKey => GROUPS.find(([, is]) => is.test(_id))?.[0] ?? 'appearance.general';

export function Appearance() {
  const looks = useQuery(appearanceQuery);
  const texts = useQuery({ queryKey: ['setting-texts', language()], queryFn: settingTexts, staleTime: Infinity });
  return (
    <Page title={t('appearance.title')} text={t('appearance.text')} wide>
      {looks.error && <Trouble error={looks.error} retry={() => void looks.refetch()} />}
      {(!looks.data || !texts.data) && !looks.error && <Bones rows={6} />}
      {looks.data && texts.data && <Form settings={looks.data} texts={texts.data} />}
    </Page>
  );
}

function Form({ settings, texts }: { settings: Setting[]; texts: SettingTexts }) {
  const changes = useChanges(settings, saveTogether);
  const readOnly = !useMay()('view-livechat-appearance');
  const saved = JSON.stringify([useLogo(), ...settings.map(({ value }) => value)]);
  return (
    <div className={styles['sides']}>
      <div className={styles['form']}>
        {[...Map.groupBy(settings, groupOf)].map(([name, members]) => (
          <Section key={name} title={t(name)}>
            {members.map((setting) => (
              <Field key={setting._id} setting={setting} texts={texts} value={changes.valueOf(setting)} changed={changes.isChanged(setting)} error={changes.errors[setting._id]} disabled={readOnly} onChange={(value) => changes.put(setting, value)} />
            ))}
          </Section>
        ))}
        <Section title={t('appearance.logo')}>
          <Row label={t('appearance.logoText')}>
            <Logo disabled={readOnly} />
          </Row>
        </Section>
        <SaveBar changes={changes} texts={texts} />
      </div>
      <Preview key={saved} look={Object.fromEntries(settings.map((setting) => [setting._id, changes.valueOf(setting)]))} />
    </div>
  );
}
