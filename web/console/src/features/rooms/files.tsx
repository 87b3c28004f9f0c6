// What a message shows besides words: pictures in place, recordings to play, anything else as a card.
import { FileDown, TriangleAlert } from 'lucide-react';
import { t } from '../../lib/text';
import { bytes } from '../../lib/bytes';
import type { Message } from '../../lib/wire';
import styles from './files.module.css';

type Attachment = NonNullable<Message['attachments']>[number];

export function Files({ attachments }: { attachments: Attachment[] }) {
  return attachments.map((file, i) => (
    <div key={i} className={styles['file']}>
      <Shown file={file} />
      {file.description && <span dir="auto">{file.description}</span>}
    </div>
  ));
}

function Shown({ file }: { file: Attachment }) {
  const { title = '', title_link: link, image_url: image, audio_url: audio, video_url: video } = file;
  if (image) return <Picture file={file} image={image} />;
  if (!link) return <p className={styles['note']} dir="auto"><TriangleAlert aria-hidden size={14} /> {file.text}</p>;
  return (
    <>
      {audio && <audio controls preload="metadata" src={audio} aria-label={title} />}
      {video && <video controls preload="metadata" src={video} aria-label={title} />}
      <a className={styles['card']} href={link} download={title}>
        <FileDown aria-hidden size={20} />
        <span className="unseen">{t('file.save', { name: title })}</span>
        <span className={styles['name']} dir="auto" aria-hidden>{title}</span>
        <span className={styles['size']}>{bytes(file.size ?? file.audio_size ?? file.video_size ?? 0)}</span>
      </a>
    </>
  );
}

/** A picture takes its place before it is there, so that nothing jumps. */
function Picture({ file: { title, image_dimensions: size, image_preview: preview }, image }: { file: Attachment; image: string }) {
  const { width = 4, height = 3 } = size ?? {};
  return (
    <a href={image} target="_blank" rel="noopener noreferrer" className={styles['picture']}>
      <img
        src={`${image}?thumbnail=true`}
        alt={title}
        loading="lazy"
        width={width}
        height={height}
        style={{ aspectRatio: `${width} / ${height}`, backgroundImage: preview && `url(data:image/jpeg;base64,${preview})` }}
      />
    </a>
  );
}
