import { h } from 'preact';
import styles from './emoji.css?inline';
import { dress } from './launcher';

/** The ones people use in chats. Screen readers know their names. */
const EMOJI = '😀 😃 😄 😁 😆 😅 😂 🤣 🙂 🙃 😉 😊 😇 🥰 😍 😘 😋 😛 😜 🤪 🤔 🤨 😐 😶 😏 😒 🙄 😬 😌 😔 😴 🤒 🤕 🥳 😎 🤓 😕 🙁 😮 😲 😳 🥺 😢 😭 😱 😖 😞 😓 😩 😤 😡 👋 👌 ✌️ 🤞 👍 👎 👏 🙌 🙏 💪 👀 ❤️ 🧡 💛 💚 💙 💜 💔 💯 🔥 ⭐ ✨ 🎉 🎁 ☕ 🍕 🌱 🌞 ⏰ 📦 📧 📞 ✅ ❌ ❓ ❗ 💡'.split(' ');

dress(styles);

/** One function for all drawings: a new one would take the focus at each. */
const focus = (first: HTMLButtonElement | null) => first?.focus();

/** A grid of emoji; the arrow keys move in it. */
export function EmojiGrid({ pick, close }: { pick: (emoji: string) => void; close: () => void }) {
  const key = (event: KeyboardEvent) => {
    const all = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (event.key === 'Escape') close();
    else if (step) all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="emoji" dir="ltr" role="group" onKeyDown={key}>
      {EMOJI.map((emoji, i) => <button type="button" ref={i ? undefined : focus} tabIndex={i ? -1 : 0} onClick={() => pick(emoji)}>{emoji}</button>)}
    </div>
  );
}
