// @vitest-environment happy-dom
import { h, render } from 'preact';
import { expect, it } from 'vitest';
import type { Item } from '../model/state';
import { Parts } from '../view/uikit';

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
