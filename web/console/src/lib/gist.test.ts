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

  it('is the first words of blocks that say all of it, a picture’s or a button’s where there are no others', () => {
    expect(blocks({ type: 'divider' }, { type: 'section', text: { type: 'mrkdwn', text: 'Your order' }, accessory: fern })).toBe('Your order');
    expect(blocks({ type: 'section', fields: ['Weight', '2 kg'] })).toBe('Weight');
    expect(blocks({ type: 'section', accessory: fern }, { type: 'header', text: 'Later' })).toBe('A fern');
    expect(blocks({ type: 'actions', elements: [button] })).toBe('Thank you');
    expect(blocks({ type: 'divider' })).toBe('');
  });
});
