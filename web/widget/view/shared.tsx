import { Component, Fragment, h } from 'preact';
import type { Chat } from '../model/chat';
import type { Item } from '../model/state';
import type * as Files from './files';

interface Props {
  readonly item: Item;
  readonly link: Chat['link'];
}

/** What was sent besides words; how it looks is fetched with the first of it. */
export class Shared extends Component<Props, { parts?: typeof Files }> {
  override componentDidMount(): void {
    void import('./files').then((parts) => this.setState({ parts }));
  }

  override render({ item, link }: Props, { parts }: { parts?: typeof Files }) {
    return <>{item.files?.map((file) => (parts ? <parts.File key={file.title_link} file={file} link={link} /> : file.title))}</>;
  }
}
