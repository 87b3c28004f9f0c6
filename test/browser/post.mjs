// A mail server of this machine: it says yes to everything, or no to every receiver.
import { createServer } from 'node:net';

export class Post {
  /** What came, line by line. */
  lines = [];
  /** Every receiver is refused. */
  refuses = false;

  async open() {
    this.server = createServer((socket) => this.#talk(socket));
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    /** The settings that have a server send its mails here; it must allow private addresses. */
    this.settings = { From_Email: 'Shop <shop@example.org>', SMTP_Host: '127.0.0.1', SMTP_Port: String(this.server.address().port) };
  }

  close() {
    this.server.close();
  }

  /** mails are those that came, headers and all, without the folding of quoted-printable. */
  get mails() {
    return this.lines.join('\n').split('\n.\n').map((mail) => mail.replace(/=\n/g, '')).filter(Boolean);
  }

  #talk(socket) {
    let data = false;
    let rest = '';
    const say = (line) => socket.write(`${line}\r\n`);
    say('220 post.test ESMTP');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const lines = (rest + bytes).split('\r\n');
      rest = lines.pop();
      for (const line of lines) {
        if (data) {
          this.lines.push(line);
          data = line !== '.';
          if (!data) say('250 2.0.0 queued as 4711');
        } else if (line === 'DATA') {
          data = true;
          say('354 go on');
        } else if (line.startsWith('EHLO')) say('250-post.test\r\n250 AUTH PLAIN');
        else if (line.startsWith('AUTH')) say('235 2.7.0 come in');
        else if (line.startsWith('RCPT') && this.refuses) say('550 5.1.1 nobody of that name');
        else if (line === 'QUIT') {
          say('221 bye');
          socket.end();
        } else say('250 ok');
      }
    });
  }
}
