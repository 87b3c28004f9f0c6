import { h } from 'preact';
import type { Says } from '../model/second/says';
import { kindly } from './field';
import { t } from './texts';

/** Consent to what is done with an address or number: needed as soon as one is given. */
export const AgreeField = ({ page }: { page: Says }) => {
  let box: HTMLInputElement | null = null;
  const given = (name: string) => Boolean(box?.form?.querySelector<HTMLInputElement>(`[name=${name}]`)?.value.trim());
  const { ref, ...on } = kindly(() => (box && !box.checked && (given('email') || given('phone')) ? 'agree_missing' : ''));
  if (!page.privacy || page.agreed) return null;
  return (
    <label class="agree">
      <input type="checkbox" name="agreed" value="1" aria-describedby="agreed-fault" ref={(input) => ref((box = input))} {...on} />
      <small class="fault" id="agreed-fault" role="alert" />
      <span>{t('agree')} <a href={page.privacy} target="_blank" rel="noopener noreferrer">{t('privacy')}</a></span>
    </label>
  );
};
