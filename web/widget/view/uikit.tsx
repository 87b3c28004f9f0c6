import { buttonsOf, type Part, partsOf, type Picture, placeOf, type Words } from '@foyer/shared/uikit';
import { Component, Fragment, h } from 'preact';
import type { Chat } from '../model/chat';
import type { Item, State } from '../model/state';
import { Formatted } from './formatted';
import { dress } from './launcher';
import { t } from './texts';
import styles from './uikit.css?inline';

dress(styles);

interface Props {
  readonly item: Item;
  readonly state: State;
  readonly say: Chat['say'];
}

/** What stands in a message besides its text. */
export const Parts = ({ item }: Pick<Props, 'item'>) => <>{partsOf(item.blocks!).map((part) => <Block part={part} />)}</>;

function Block({ part: { kind, pieces, fields, beside } }: { part: Part }) {
  return (
    <span class={`part ${kind}`}>
      <span class="pieces">{pieces.map((one) => ('url' in one ? <Shown picture={one} /> : <Said words={one} />))}</span>
      {beside && <Shown picture={beside} />}
      {fields.length > 0 && <span class="fields">{fields.map((one) => <Said words={one} />)}</span>}
    </span>
  );
}

const Said = ({ words: { text, plain } }: { words: Words }) => <span class="text" dir="auto">{plain ? text : <Formatted text={text} />}</span>;

/** The focus stays where it was: on what stands in the button's place. */
const focus = (it: HTMLElement | null) => it?.focus();

/** A picture from elsewhere tells its host who reads, so it is fetched when the visitor wants to see it. */
class Shown extends Component<{ picture: Picture }, { wanted?: boolean; failed?: boolean }> {
  override render({ picture }: { picture: Picture }, { wanted, failed }: { wanted?: boolean; failed?: boolean }) {
    const { url, alt } = picture;
    const { host, at } = placeOf(picture);
    if (!wanted && at === 'elsewhere') {
      return <button type="button" class="offer" onClick={this.want}><b dir="auto">{alt}</b> <small>{t('picture_show', { host })}</small></button>;
    }
    return (
      <a ref={wanted ? focus : null} class="shown" href={url} target="_blank" rel="noopener noreferrer nofollow" dir="auto">
        {failed || at === 'out of reach' ? alt : <img src={url} alt={alt} referrerPolicy="no-referrer" onError={() => this.setState({ failed: true })} />}
      </a>
    );
  }

  private readonly want = (event: Event) => {
    event.stopPropagation();
    this.setState({ wanted: true });
  };
}

/** Links, and what the visitor may answer at a press, once: whatever is said after the message is the answer. */
export class Buttons extends Component<Props> {
  private pressed = false;

  override render({ item, state }: Props) {
    const over = !state.room?.open || state.items.slice(state.items.indexOf(item)).some(({ mine }) => mine);
    if (over) this.pressed = true;
    const buttons = buttonsOf(item.blocks!);
    return buttons.length > 0 && (
      <div class="replies">
        {buttons.map(({ text, href }) => (href
          ? <a href={href} target="_blank" rel="noopener noreferrer nofollow" dir="auto">{text}</a>
          : <button type="button" dir="auto" aria-disabled={over} onClick={() => this.press(text)}>{text}</button>))}
      </div>
    );
  }

  private press(words: string): void {
    if (this.pressed) return;
    this.pressed = true;
    void this.props.say(words);
  }
}
