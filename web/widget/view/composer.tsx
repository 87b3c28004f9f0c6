import { type ComponentChildren, h } from 'preact';
import type { State } from '../model/state';
import { Attach } from './attach';
import { Emoji } from './emoji';
import { Icon } from './icons';
import type { Props } from './panel';
import { t } from './texts';

/** How many characters the visitor may still write. */
export function left({ draft, config }: State): number {
  return (Number(config.settings.limitTextLength) || Infinity) - [...draft].length;
}

/** Whether what is written can be sent. */
const ready = (state: State) => Boolean(state.draft.trim()) && left(state) >= 0;

/** Where one writes. It grows with the text; Enter sends, Shift+Enter breaks the line. */
export function Composer({ state, chat, below }: Props & { below: ComponentChildren }) {
  const send = (event: Event) => {
    event.preventDefault();
    if (ready(chat.state())) void chat.send();
  };
  return (
    <form class="foot" onSubmit={send}>
      <div class="composer">
        {state.config.settings.fileUpload && <Attach chat={chat} />}
        <Emoji state={state} chat={chat} />
        <textarea
          ref={(field) => grow(field)} rows={1} dir={state.draft ? 'auto' : undefined} enterkeyhint="send" name="message" data-qa="livechat-composer" aria-label={t('write')} placeholder={t('placeholder')}
          value={state.draft} onInput={(event) => chat.write(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && !event.shiftKey && !event.isComposing && send(event)}
        />
        <button class="send" aria-label={t('send')} aria-disabled={!ready(state)} onPointerDown={(event) => event.preventDefault()}><Icon name="send" /></button>
      </div>
      <div class="below">{below}<Mark state={state} /></div>
    </form>
  );
}

/** Whose product this is, unless the site hides it. */
export const Mark = ({ state }: { state: State }) => (state.config.settings.hideWatermark ? null : <small data-qa="livechat-watermark">{t('powered', { name: 'Foyer' })}</small>);

/** Makes the field as high as its text, up to the style sheet's most; what stands in an empty one does not count: the frame may still be small. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = 'auto';
  if (field.value) field.style.height = `${field.scrollHeight}px`;
}
