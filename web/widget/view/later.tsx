import { Component, type ComponentChild } from 'preact';
import type * as Rare from '../rare';

type Screens = typeof Rare;

let screens: Screens | null = null;

/** A screen that few visitors see, loaded when it is to be shown. */
export class Later extends Component<{ show: (screens: Screens) => ComponentChild }> {
  override componentDidMount(): void {
    if (screens) return;
    import('../rare').then((loaded) => {
      screens = loaded;
      this.forceUpdate();
    }).catch(() => undefined);
  }

  override render({ show }: { show: (screens: Screens) => ComponentChild }) {
    return screens && show(screens);
  }
}
