import { expect, it } from 'vitest';
import { hostsIn } from './hosts';

it('hosts are understood as the server does: without scheme and path, in small letters', () => { // appearance.md, Installation
  expect(hostsIn(' https://Shop.Example/basket, *.shop.example,localhost:3000, [::1]:80,, two words, a.b:port')).toEqual({
    hosts: ['shop.example', '*.shop.example', 'localhost:3000', '[::1]:80'], others: ['two words', 'a.b:port'],
  });
  expect(hostsIn('')).toEqual({ hosts: [], others: [] });
});
