import type { Block } from '@foyer/shared/gen/api';
import { buttonsOf, partsOf } from '@foyer/shared/uikit';
import { describe, expect, it } from 'vitest';

const plain = (text: string) => ({ type: 'plain_text', text });
const said = (text: string, plain = false) => ({ text, plain });
const picture = { imageUrl: 'https://shop.example/a.png', altText: 'A fern' };
const shown = { url: picture.imageUrl, alt: picture.altText };
const parts = (...blocks: unknown[]) => partsOf(blocks as Block[]);

describe('blocks', () => { // rocketchat-widget.md 6.1
  it.each([
    [{ type: 'header', text: plain('*Order*') }, { kind: 'header', pieces: [said('*Order*', true)], fields: [] }],
    [{ type: 'section', text: { type: 'mrkdwn', text: '*7* ferns' } }, { kind: 'section', pieces: [said('*7* ferns')], fields: [] }],
    [{ type: 'section', text: 'bare' }, { kind: 'section', pieces: [said('bare')], fields: [] }],
    [{ type: 'section', fields: ['a', plain('b'), 7] }, { kind: 'section', pieces: [], fields: [said('a'), said('b', true)] }],
    [{ type: 'section', text: 'a', accessory: { type: 'image', ...picture } }, { kind: 'section', pieces: [said('a')], fields: [], beside: shown }],
    [{ type: 'divider' }, { kind: 'divider', pieces: [], fields: [] }],
    [{ type: 'context', elements: [{ type: 'image', ...picture }, { type: 'mrkdwn', text: '*a*' }, plain('b'), { type: 'mrkdwn', text: plain('c') }] }, { kind: 'context', pieces: [shown, said('*a*'), said('b', true), said('c', true)], fields: [] }],
    [{ type: 'image', title: plain('Here'), ...picture }, { kind: 'image', pieces: [said('Here', true), shown], fields: [] }],
  ])('%j', (block, part) => expect(parts(block)).toEqual([part]));

  it('show nothing of what is malformed, unknown, or no picture of the web', () => {
    const deep = { type: 'section', text: { text: { text: 'deep' } } };
    expect(parts(deep, { type: 'section', text: 7 }, { type: 'section' }, { type: 'calendar', text: 'a' }, { type: 'actions', elements: [{ type: 'button', text: 'Yes' }] })).toEqual([]);
    for (const imageUrl of ['javascript:x', 'data:image/png;base64,AA', '/here.png', 'https://', undefined]) expect(parts({ type: 'image', altText: 'a', imageUrl })).toEqual([]);
    expect(parts({ type: 'image', imageUrl: picture.imageUrl })).toEqual([]);
  });
});

it('buttons are what the visitor may say, or links', () => {
  const button = (text: unknown, more = {}) => ({ type: 'button', text, ...more });
  const elements = [button(plain('<b>Yes</b>')), { type: 'datepicker' }, button('Look', { url: 'https://shop.example/7' }), button('Bad', { url: 'javascript:x' }), button('')];
  const blocks = [{ type: 'section', elements: [button('no')], accessory: button('Beside') }, { type: 'actions', elements }];
  expect(buttonsOf(blocks as Block[])).toEqual([{ text: 'Beside', href: '' }, { text: '<b>Yes</b>', href: '' }, { text: 'Look', href: 'https://shop.example/7' }]);
});
