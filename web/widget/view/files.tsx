import { Component, h } from 'preact';
import type { Chat } from '../model/chat';
import type { Attachment } from '../model/wire';
import styles from './files.css?inline';
import { dress } from './launcher';
import { spoken, t } from './texts';

dress(styles);

interface Props {
  readonly file: Attachment;
  readonly link: Chat['link'];
}

/** A picture, a recording, or a card to download. The page cannot show who it is when it loads one, so it asks for a link. */
export class File extends Component<Props, { url?: string }> {
  override componentDidMount(): void {
    const { file } = this.props;
    if (file.image_url || file.audio_url || file.video_url) void this.ask();
  }

  private readonly ask = async () => {
    const url = await this.props.link(idOf(this.props.file)).catch(() => '');
    this.setState({ url });
    return url;
  };

  private readonly save = async (event: Event) => {
    event.preventDefault();
    const href = await this.ask();
    if (href) Object.assign(document.createElement('a'), { href, download: this.props.file.title ?? '' }).click();
  };

  override render({ file }: Props, { url }: { url?: string }) {
    const { title = '', description } = file;
    return (
      <span class="file">
        {file.image_url ? <Picture file={file} url={url} /> : file.audio_url ? <audio controls src={url} aria-label={title} />
          : file.video_url ? <video controls src={url} aria-label={title} /> : null}
        {!file.image_url && (
          <button type="button" class="offer" onClick={(event) => void this.save(event)}>
            <span class="sr">{t('file_save', { name: title })}</span><b dir="auto" aria-hidden="true">{title}</b> <small>{size(file.size ?? file.audio_size ?? file.video_size)}</small>
          </button>
        )}
        {description && <span class="text" dir="auto">{description}</span>}
      </span>
    );
  }
}

function Picture({ file, url }: { file: Attachment; url?: string }) {
  const { width = 4, height = 3 } = file.image_dimensions ?? {};
  const shown = url ? `${url}&thumbnail=true` : file.image_preview && `data:image/jpeg;base64,${file.image_preview}`;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      <img src={shown} alt={file.title} width={width} height={height} style={{ aspectRatio: `${width}/${height}` }} />
    </a>
  );
}

const idOf = ({ title_link = '' }: Attachment) => title_link.split('/')[2] ?? '';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

function size(bytes?: number): string {
  if (!bytes) return '';
  const power = Math.min(3, Math.floor(Math.log(bytes) / Math.log(1024)));
  return new Intl.NumberFormat(spoken(), { style: 'unit', unit: UNITS[power]!, unitDisplay: power ? 'short' : 'narrow', maximumFractionDigits: 1 }).format(bytes / 1024 ** power);
}
