import type { Theme } from '../bridge/protocol';
import type { Agent, Config } from './wire';

/** How the widget looks: what the page wants, else the settings (appearance.md 3). Empty texts and colours mean the widget's own. */
export interface Look {
  readonly title: string;
  readonly color: string;
  readonly fontColor: string;
  readonly iconColor: string;
  readonly side: 'left' | 'right';
  readonly background: string;
  readonly guestBubble: string;
  readonly agentBubble: string;
  readonly guestFaces: boolean;
  readonly agentFaces: boolean;
}

export function lookOf({ theme, online }: Pick<Config, 'theme' | 'online'>, own: Theme): Look {
  return {
    title: text(online ? own.title || theme.title : own.offlineTitle || theme.offlineTitle || own.title || theme.title),
    color: text(online ? own.color || theme.color : theme.offlineColor || theme.color),
    fontColor: text(own.fontColor), iconColor: text(own.iconColor),
    side: (own.position || theme.position) === 'left' ? 'left' : 'right',
    background: background(own.background) || background(theme.background),
    guestBubble: text(own.guestBubbleBackgroundColor), agentBubble: text(own.agentBubbleBackgroundColor),
    guestFaces: own.hideGuestAvatar === false, agentFaces: !own.hideAgentAvatar,
  };
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** A background as CSS has it; pictures only from the web or as data. */
function background(value: unknown): string {
  const css = text(value);
  return [...css.matchAll(/url\(\s*["']?([^"')]*)/gi)].every(([, url]) => /^(https?:|data:image\/)/i.test(url!)) && !/\\/.test(css) ? css : '';
}

/** Whose face stands beside what is said in an agent's name: nobody's where the agent is not shown. */
export const userOf = (agent: Agent | null): { readonly user?: string } => (agent?.username && !agent.hiddenInfo ? { user: agent.username } : {});
