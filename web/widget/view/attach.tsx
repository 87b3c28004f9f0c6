import { Component, h } from 'preact';
import type { Chat } from '../model/chat';
import { Icon } from './icons';
import { t } from './texts';

/** Picks files, and takes those that are pasted into the page or dropped on it. */
export class Attach extends Component<{ chat: Chat }> {
  private readonly take = (event: Event) => {
    const paste = (event as ClipboardEvent).clipboardData;
    const { files } = paste ?? (event as DragEvent).dataTransfer ?? (event.target as HTMLInputElement);
    if (!files?.length || paste?.types.includes('text/plain')) return;
    event.preventDefault();
    for (const file of files) this.props.chat.attach(file);
  };

  private readonly over = (event: Event) => event.preventDefault();

  override componentDidMount(): void {
    document.addEventListener('paste', this.take);
    document.addEventListener('drop', this.take);
    document.addEventListener('dragover', this.over);
  }

  override componentWillUnmount(): void {
    document.removeEventListener('paste', this.take);
    document.removeEventListener('drop', this.take);
    document.removeEventListener('dragover', this.over);
  }

  override render() {
    const changed = (event: Event) => {
      this.take(event);
      (event.target as HTMLInputElement).value = '';
    };
    return <label class="round attach"><input type="file" multiple aria-label={t('attach')} onChange={changed} /><Icon name="clip" /></label>;
  }
}
