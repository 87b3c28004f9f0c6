import { describe, expect, it } from 'vitest';
import { gist } from './gist';
import { message } from './samples';

const blocks = (...all: object[]) => gist(message(1, { msg: '', blocks: all as never }));
const button = { type: 'button', text: { type: 'plain_text', text: 'Thank you' } };
const fern = { type: 'image', imageUrl: 'https://shop.example/fern.png', altText: 'A fern' };

describe('gist', () => {
  it('is what a message says', () => {
    expect(gist(message(1, { msg: 'Hello', blocks: [{ type: 'section', text: 'More' }] }))).toBe('Hello');
    expect(gist(message(1, { msg: '', file: { _id: 'f1', name: 'fern.png', type: 'image/png' } as never }))).toBe('fern.png');
    expect(gist(message(1, { msg: '' }))).toBe('');
  });

  it('is what blocks say that say all of it', () => {
    expect(blocks({ type: 'divider' }, { type: 'section', text: { type: 'mrkdwn', text: 'Your order' }, accessory: fern }, { type: 'actions', elements: [button] })).toBe('Your order · A fern · Thank you');
    expect(blocks({ type: 'divider' })).toBe('');
  });
});
