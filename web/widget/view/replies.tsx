import { Component, h } from 'preact';
import type { Chat } from '../model/chat';
import type { Item, State } from '../model/state';

interface Props {
  readonly item: Item;
  readonly state: State;
  readonly say: Chat['say'];
}

/** What the visitor may answer at a press, once: whatever is said after the message is the answer. */
export class Replies extends Component<Props> {
  private pressed = false;

  override render({ item, state }: Props) {
    const over = !state.room?.open || state.items.slice(state.items.indexOf(item)).some(({ mine }) => mine);
    if (over) this.pressed = true;
    return (
      <div class="replies">
        {item.replies!.map((words) => <button type="button" dir="auto" aria-disabled={over} onClick={() => this.press(words)}>{words}</button>)}
      </div>
    );
  }

  private press(words: string): void {
    if (this.pressed) return;
    this.pressed = true;
    void this.props.say(words);
  }
}
