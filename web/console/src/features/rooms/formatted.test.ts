import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Formatted } from './formatted';

const html = (text: string) => renderToStaticMarkup(createElement(Formatted, { text }));
const link = (href: string) => `<a href="${href}" target="_blank" rel="noopener noreferrer nofollow">${href}</a>`;

it.each([
  ['**large** *bold* _slanted_ ~gone~ `code`', '<strong>large</strong> <strong>bold</strong> <em>slanted</em> <s>gone</s> <code>code</code>'],
  ['- one\n- *two*', '<span class="list" role="list"><span role="listitem">one</span><span role="listitem"><strong>two</strong></span></span>'],
  ['> said\nso', '<span class="quoted">said</span>so'],
  ['```\n*raw*\n```', '<code class="block">*raw*</code>'],
  ['see https://a.example/_x_.', `see ${link('https://a.example/_x_')}.`],
  ['[bad](javascript:alert(1)) *<img src=x onerror=alert(1)>*', '[bad](javascript:alert(1)) <strong>&lt;img src=x onerror=alert(1)&gt;</strong>'],
  ['2 * 3 * 4, snake_case_name', '2 * 3 * 4, snake_case_name'],
])('an agent sees %j as the visitor does', (text, expected) => expect(html(text)).toBe(expected));
