/** The outside world for tests: a clock that is moved by hand, a store, and chance from a seed. */
import type { Clock, Store } from '../model/ports';
import type { Config, Message } from '../model/wire';

export class FakeClock implements Clock {
  private time = 1_000_000;
  private due: { at: number; run: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void) {
    const one = { at: this.time + ms, run };
    this.due.push(one);
    return () => void (this.due = this.due.filter((other) => other !== one));
  }

  /** Moves on, running what falls due in its order, and lets promises settle after each. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (let next = this.next(end); next; next = this.next(end)) {
      this.due = this.due.filter((one) => one !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
      await settle();
    }
    this.time = end;
  }

  private next(end: number) {
    return this.due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets everything that waits only for promises happen. */
export async function settle(steps = 1000): Promise<void> {
  for (let i = 0; i < steps; i++) await Promise.resolve();
}

export function memoryStore(kept: Map<string, string> = new Map()): Store & { kept: Map<string, string> } {
  return {
    kept,
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
    keys: (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
  };
}

/** Chance that repeats itself: numbers from 0 to 1 by the mulberry32 method. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list.map((one) => ({ one, by: random() })).sort((a, b) => a.by - b.by).map(({ one }) => one);
}

export function message(seq: number, change: Partial<Message> = {}): Message {
  const ts = new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString();
  return { _id: `m${seq}`, rid: 'r1', msg: `text ${seq}`, ts, u: { _id: 'agent', username: 'bob', name: 'Bob' }, _updatedAt: ts, seq, ...change };
}

type Changes = Partial<Omit<Config, 'settings' | 'theme'>> & { settings?: Partial<Config['settings']> };

export function config({ settings, ...change }: Changes = {}): Config {
  return {
    enabled: true,
    online: true,
    settings: {
      registrationForm: true, allowSwitchingDepartments: false, nameFieldRegistrationForm: true, emailFieldRegistrationForm: true,
      displayOfflineForm: true, videoCall: false, fileUpload: false, language: 'en', transcript: false, historyMonitorType: 'url',
      forceAcceptDataProcessingConsent: false, showConnecting: false, agentHiddenInfo: false, clearLocalStorageWhenChatEnded: false,
      limitTextLength: false, hiddenSystemMessages: [], hideWatermark: false, visitorsCanCloseChat: true, phoneFieldRegistrationForm: false, ratingEnabled: true, ...settings,
    },
    theme: { title: '', color: '', offlineTitle: '', offlineColor: '', position: 'right', background: '', actionLinks: { webrtc: [], jitsi: [] } },
    messages: {
      offlineMessage: '', offlineSuccessMessage: '', offlineUnavailableMessage: '', conversationFinishedMessage: '',
      conversationFinishedText: '', transcriptMessage: '', registrationFormMessage: '', dataProcessingConsentText: '',
    },
    survey: { items: [], values: [] },
    departments: [],
    triggers: [],
    customFields: [],
    resources: { sound: '', emojis: [] },
    queueInfo: null,
    ...change,
  };
}
