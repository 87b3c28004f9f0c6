import { Component, Fragment, h } from 'preact';
import { Icon } from './icons';
import { Later } from './later';
import type { Props } from './panel';
import { t } from './texts';

/** What the header offers besides closing. */
export interface MoreProps extends Props {
  readonly popOut: (() => void) | undefined;
}

/** The button for what else one may do, and the menu. */
export class More extends Component<MoreProps, { open?: boolean }> {
  override render({ state, chat, popOut }: MoreProps, { open }: { open?: boolean }) {
    const close = () => this.setState({ open: false });
    return (
      <>
        <button type="button" class="round" aria-haspopup="menu" aria-expanded={Boolean(open)} aria-label={t('more')} title={t('more')} onClick={() => this.setState({ open: !open })}><Icon name="more" /></button>
        {open && <Later show={({ Menu }) => <Menu state={state} chat={chat} popOut={popOut} close={close} />} />}
      </>
    );
  }
}
