// @vitest-environment happy-dom
import { h, render } from 'preact';
import { expect, it, vi } from 'vitest';
import type { Item, State } from '../model/state';
import { Rich } from '../view/rich';
import { Buttons, Parts } from '../view/uikit';

/** What a message with this picture shows, and what it has once the frame has drawn again. */
function shown(imageUrl: string) {
  const box = document.createElement('div');
  render(h(Parts, { item: { blocks: [{ type: 'image', imageUrl, altText: 'A fern' }] } as unknown as Item }), box);
  const drawn = () => new Promise<string>((done) => setTimeout(() => done([...box.querySelectorAll('img, button, a')].map(({ localName }) => localName).join())));
  return { box, drawn };
}

it('a picture of this server is there; one that cannot be fetched is a link with its words', async () => {
  const { box, drawn } = shown(`${location.origin}/avatar/Fern`);
  expect(await drawn()).toBe('a,img');
  box.querySelector('img')!.dispatchEvent(new Event('error'));
  expect(await drawn()).toBe('a');
  expect(box.querySelector('a')!.textContent).toBe('A fern');
});

it('a picture of others is fetched at a press', async () => {
  const { box, drawn } = shown('https://pictures.example/a.png');
  expect(await drawn()).toBe('button');
  box.querySelector('button')!.click();
  expect(await drawn()).toBe('a,img');
  expect(box.querySelector('img')!.referrerPolicy).toBe('no-referrer');
});

/** Buttons below a message, in a chat that is open or not, where the visitor has answered or not. */
function offered({ open = true, answered = false } = {}) {
  const box = document.createElement('div');
  const elements = [{ type: 'button', text: 'Yes' }, { type: 'button', text: 'Look', url: 'https://shop.example/7' }];
  const item = { blocks: [{ type: 'actions', elements }] } as unknown as Item;
  const said: string[] = [];
  const state = { room: { _id: 'r', open }, items: [item, ...(answered ? [{ mine: true }] : [])] } as unknown as State;
  render(h(Buttons, { item, state, say: async (text: string) => void said.push(text) } as never), box);
  return { box, said };
}

it('a button is said once; a link leads away without telling from where', () => {
  const { box, said } = offered();
  const button = box.querySelector('button')!;
  expect([button.textContent, button.getAttribute('aria-disabled'), button.dir]).toEqual(['Yes', 'false', 'auto']);
  button.click();
  button.click();
  expect(said).toEqual(['Yes']);
  const { href, target, rel, textContent } = box.querySelector('a')!;
  expect([href, target, rel, textContent]).toEqual(['https://shop.example/7', '_blank', 'noopener noreferrer nofollow', 'Look']);
});

it.each([[{ answered: true }], [{ open: false }]])('buttons are off once it is over: %j', (how) => {
  const { box, said } = offered(how);
  const button = box.querySelector('button')!;
  expect(button.getAttribute('aria-disabled')).toBe('true');
  button.click();
  expect(said).toEqual([]);
});

it('what draws blocks comes with the first of them, and is there for the next at once', async () => {
  const rich = () => {
    const box = document.createElement('div');
    render(h(Rich, { show: ({ Buttons: loaded }) => (loaded === Buttons ? 'drawn' : 'other') }), box);
    return box;
  };
  const first = rich();
  expect(first.textContent).toBe('');
  await vi.waitFor(() => expect(first.textContent).toBe('drawn'));
  expect(rich().textContent).toBe('drawn');
});
