// What the blocks of a message show: words, pictures, links, and what the visitor may answer at a press.
import { buttonsOf, type Part, partsOf, type Picture, placeOf, type Words } from '@foyer/shared/uikit';
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../lib/text';
import '../../lib/page-texts';
import type { Message } from '../../lib/wire';
import styles from './blocks.module.css';
import { Formatted } from './formatted';

export function Blocks({ msg, blocks }: { msg: string; blocks: NonNullable<Message['blocks']> }) {
  const buttons = buttonsOf(blocks);
  return (
    <>
      {partsOf(blocks).map((part, at) => <Block key={at} part={part} begins={!msg && at === 0} />)}
      {buttons.length > 0 && (
        <span className={styles['offered']}>
          {buttons.map(({ text, href }, at) => (href
            ? <a key={at} href={href} target="_blank" rel="noopener noreferrer nofollow" dir="auto">{text}</a>
            : <span key={at} dir="auto">{text}</span>))}
        </span>
      )}
    </>
  );
}

function Block({ part: { kind, pieces, fields, beside }, begins }: { part: Part; begins: boolean }) {
  return (
    <span className={styles['part']} data-kind={kind} data-begins={begins || undefined}>
      <span className={styles['pieces']}>
        {pieces.map((one, at) => ('url' in one ? <Shown key={at} picture={one} /> : <Said key={at} words={one} />))}
      </span>
      {beside && <Shown picture={beside} />}
      {fields.length > 0 && <span className={styles['fields']}>{fields.map((one, at) => <Said key={at} words={one} />)}</span>}
    </span>
  );
}

const Said = ({ words: { text, plain } }: { words: Words }) => <span className={styles['said']} dir="auto">{plain ? text : <Formatted text={text} />}</span>;

/** The focus stays where it was: on what stands in the button's place. */
const focus = (it: HTMLElement | null) => it?.focus();

/** A picture from elsewhere tells its host who reads, so it is fetched when somebody wants to see it. */
function Shown({ picture }: { picture: Picture }) {
  const { url, alt } = picture;
  const { host, at } = placeOf(picture);
  const [wanted, setWanted] = useState(false);
  const [failed, setFailed] = useState(false);
  if (!wanted && at === 'elsewhere') {
    return (
      <UnstyledButton component="button" className={styles['picture']} onClick={() => setWanted(true)}>
        <b dir="auto">{alt}</b> <small>{t('message.showPicture', { host })}</small>
      </UnstyledButton>
    );
  }
  return (
    <a ref={wanted ? focus : undefined} className={styles['shown']} href={url} target="_blank" rel="noopener noreferrer nofollow" dir="auto">
      {failed || at === 'out of reach' ? alt : <img src={url} alt={alt} referrerPolicy="no-referrer" onError={() => setFailed(true)} />}
    </a>
  );
}
