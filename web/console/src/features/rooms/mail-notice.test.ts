import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MailNotice } from './mail-notice';

const said = (email: object) => renderToStaticMarkup(createElement(MailNotice, { email: { messageId: '', inbox: '', ...email } }));

describe('what did not work with a mail', () => {
  it('is said in words in which an address and a name keep their own direction', () => {
    expect(said({ notice: 'not-sent', to: 'ann@example.com', error: 'error-mail-too-large' })).toMatch(/^The answer could not be mailed to <bdi>ann@example\.com<\/bdi>: <bdi>/);
    expect(said({ notice: 'left-out', subject: '{why}', error: 'error-mail-too-large-file' })).toMatch(/^The file <bdi>\{why\}<\/bdi> of the mail was not taken over: <bdi>/);
  });

  it('is told from its code, with or without the name of a file', () => {
    expect(said({ notice: 'left-out', subject: 'a.pdf', error: 'error-mail-too-large' })).toBe('The mail is too large: only its beginning was taken over');
    expect(said({ notice: 'left-out', error: 'error-mail-too-many-parts' })).toBe('The mail has too many parts or files: not all were taken over');
    expect(said({ notice: 'left-out', error: 'error-not-allowed' })).toMatch(/^The file <bdi><\/bdi> of the mail was not taken over/);
  });
});
