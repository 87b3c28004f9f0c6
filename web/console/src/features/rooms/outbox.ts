// Messages on their way: sent one after the other for each room, tried again
// until the server has stored or refused them, kept over a reload.
import { Refusal } from '../../lib/api';
import { read, store, write } from '../../lib/store';
import type { Message } from '../../lib/wire';

export interface Outgoing {
  _id: string;
  rid: string;
  msg: string;
  /** When it was written, epoch milliseconds. */
  at: number;
  /** `failed` messages wait for a person's decision, `retrying` ones for the network. */
  state: 'sending' | 'retrying' | 'failed';
  /** Code of the refusal. */
  reason?: string;
}

export interface OutboxOptions {
  /** Stores the message; a repeat with the same id must be harmless. */
  post(message: Outgoing): Promise<Message>;
  stored(message: Message): void;
  wait(ms: number): Promise<void>;
}

const pauses = [500, 1000, 2000, 4000, 8000];

export class Outbox {
  readonly entries = store<readonly Outgoing[]>([]);
  private readonly working = new Set<string>();
  private wake: (() => void)[] = [];

  constructor(private readonly options: OutboxOptions) {
    this.entries.set((read<Outgoing[]>('outbox') ?? []).map((entry) => ({ ...entry, state: entry.state === 'failed' ? 'failed' : 'sending' })));
    this.rooms().forEach((rid) => void this.work(rid));
  }

  /** Sends a message. */
  add(message: Pick<Outgoing, '_id' | 'rid' | 'msg' | 'at'>): void {
    this.save([...this.entries.get(), { ...message, state: 'sending' }]);
    void this.work(message.rid);
  }

  /** Tries a failed message again. */
  retry(id: string): void {
    const entry = this.find(id);
    if (!entry) return;
    this.change(id, { state: 'sending', reason: undefined });
    void this.work(entry.rid);
  }

  /** Gives a message up. */
  discard(id: string): void {
    this.save(this.entries.get().filter((entry) => entry._id !== id));
  }

  /** The network is back: do not wait out the pause. */
  hurry(): void {
    this.wake.splice(0).forEach((wake) => wake());
  }

  /** Forgets everything, at sign-out. */
  clear(): void {
    this.save([]);
  }

  private async work(rid: string): Promise<void> {
    if (this.working.has(rid)) return;
    this.working.add(rid);
    for (let tries = 0, next = this.next(rid); next; next = this.next(rid)) {
      tries = (await this.try(next)) ? 0 : tries + 1;
      if (tries > 0) await this.pause(tries);
    }
    this.working.delete(rid);
  }

  /** Answers whether the entry is settled: stored or refused. */
  private async try(entry: Outgoing): Promise<boolean> {
    try {
      const message = await this.options.post(entry);
      this.options.stored(message);
      this.discard(entry._id);
      return true;
    } catch (cause) {
      const settled = cause instanceof Refusal && cause.status !== 429 && cause.status !== 401;
      this.change(entry._id, settled ? { state: 'failed', reason: cause.code } : { state: 'retrying' });
      return settled;
    }
  }

  private pause(tries: number): Promise<void> {
    const woken = new Promise<void>((resolve) => this.wake.push(resolve));
    return Promise.race([this.options.wait(pauses[tries - 1] ?? 8000), woken]);
  }

  private next(rid: string): Outgoing | undefined {
    return this.entries.get().find((entry) => entry.rid === rid && entry.state !== 'failed');
  }

  private find(id: string): Outgoing | undefined {
    return this.entries.get().find((entry) => entry._id === id);
  }

  private rooms(): Set<string> {
    return new Set(this.entries.get().map((entry) => entry.rid));
  }

  private change(id: string, change: Partial<Outgoing>): void {
    this.save(this.entries.get().map((entry) => (entry._id === id ? { ...entry, ...change } : entry)));
  }

  private save(entries: readonly Outgoing[]): void {
    this.entries.set(entries);
    write('outbox', entries.length === 0 ? undefined : entries);
  }
}
