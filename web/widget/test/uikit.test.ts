import type { Block } from '@foyer/shared/gen/api';
import { buttonsOf, linesOf, partsOf } from '@foyer/shared/uikit';
import { describe, expect, it } from 'vitest';
import cases from '../../../chat/testdata/blocks.json';

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

  it.each([
    [{ type: 'actions', elements: [{ type: 'button', text: 'Yes' }, { type: 'static_select', placeholder: plain('Size'), options: [{ text: plain('S') }, { text: 'L' }] }] }, [said('Size', true), said('S · L', true)]],
    [{ type: 'section', text: 'a', accessory: { type: 'overflow', options: [{ text: 'Cancel' }] } }, [said('a'), said('Cancel', true)]],
    [{ type: 'actions', elements: [{ type: 'datepicker', placeholder: 'When', initialDate: '2026-12-01' }] }, [said('When'), said('2026-12-01')]],
    [{ type: 'input', label: plain('Number'), element: { type: 'plain_text_input', placeholder: '012' }, hint: 'above' }, [said('Number', true), said('012'), said('above')]],
    [{ type: 'calendar', text: 'Monday' }, [said('Monday')]],
  ])('the words of what cannot be answered here: %j', (block, pieces) => expect(parts(block)).toEqual([{ kind: 'section', pieces, fields: [] }]));

  // The same table is read by chat/block_text_test.go.
  it.each(cases)('in plain text: $name', ({ blocks, lines }) => expect(linesOf(blocks as Block[]).map(({ text, href }) => (href ? `${text}: ${href}` : text))).toEqual(lines));

  it('show nothing of what is malformed, unknown, or no picture of the web', () => {
    const deep = { type: 'section', text: { text: { text: 'deep' } } };
    expect(parts(deep, { type: 'section', text: 7 }, { type: 'section' }, { type: 'calendar' }, { type: 'actions', elements: [{ type: 'button', text: 'Yes' }] })).toEqual([]);
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
