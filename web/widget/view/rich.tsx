import { Component, type ComponentChild } from 'preact';
import type * as Uikit from './uikit';

const AGAIN = 5000;
let uikit: typeof Uikit | null = null;

/** What blocks add to a message; how that looks is fetched with the first of them. */
export class Rich extends Component<{ show: (parts: typeof Uikit) => ComponentChild }> {
  override componentDidMount(): void {
    if (uikit) return;
    import('./uikit').then((loaded) => {
      uikit = loaded;
      this.forceUpdate();
    }).catch(() => void setTimeout(() => this.componentDidMount(), AGAIN));
  }

  override render({ show }: { show: (parts: typeof Uikit) => ComponentChild }) {
    return uikit && show(uikit);
  }
}
