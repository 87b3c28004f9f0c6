// A mailbox of this machine, over IMAP: one folder, whose mails are read and marked seen.
import { createServer } from 'node:net';

export class Mailbox {
  /** What lies in it: the text and whether it was seen. */
  mails = [];
  /** The password that opens it. */
  password = 'pass word';
  #sockets = new Map();

  async open() {
    this.server = createServer((socket) => this.#talk(socket));
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.port = this.server.address().port;
  }

  close() {
    this.server.close();
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  /** bring puts a mail into the box and tells who waits for one. */
  bring(text) {
    this.mails.push({ text: text.replaceAll('\n', '\r\n'), at: new Date(Date.now() + 1000), seen: false });
    for (const [socket, state] of this.#sockets) if (state.idle) socket.write(this.#news(state));
  }

  #talk(socket) {
    const state = { idle: '', told: 0 };
    this.#sockets.set(socket, state);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    socket.write('* OK mailbox.test ready\r\n');
    let rest = '';
    socket.on('data', (bytes) => {
      const lines = (rest + bytes).split('\r\n');
      rest = lines.pop();
      for (const line of lines) {
        if (line === 'DONE') {
          const tag = state.idle;
          state.idle = '';
          socket.write(`${tag} OK done\r\n`);
          continue;
        }
        const [tag, ...words] = line.split(' ');
        const command = words.join(' ');
        if (command === 'IDLE') {
          state.idle = tag;
          socket.write(`+ idling\r\n${this.#news(state)}`);
        } else socket.write(this.#answer(command).map((answer) => (answer.startsWith('*') ? answer : `${tag} ${answer}`) + '\r\n').join(''));
      }
    });
  }

  /** news is told once: who hears it again asks again. */
  #news(state) {
    if (state.told === this.mails.length) return '';
    state.told = this.mails.length;
    return `* ${state.told} EXISTS\r\n`;
  }

  #answer(command) {
    const [, uid = ''] = command.match(/^UID (?:FETCH|STORE) ([\d:,]+)/) ?? [];
    const mail = this.mails[Number(uid.split(/[:,]/)[0]) - 1];
    if (command === 'CAPABILITY') return ['* CAPABILITY IMAP4rev1 IDLE', 'OK'];
    if (command.startsWith('LOGIN')) return [command.includes(`"${this.password}"`) ? 'OK in' : 'NO nobody of that name'];
    if (command.startsWith('SELECT')) return ['* FLAGS (\\Seen)', `* ${this.mails.length} EXISTS`, '* OK [UIDVALIDITY 1] here', 'OK [READ-WRITE] open'];
    if (command.startsWith('UID SEARCH')) return [`* SEARCH${this.mails.map(({ seen }, at) => (seen ? '' : ` ${at + 1}`)).join('')}`, 'OK'];
    if (command.startsWith('UID STORE')) {
      mail.seen = true;
      return ['OK'];
    }
    if (command.includes('BODY.PEEK')) return [`* ${uid} FETCH (UID ${uid} BODY[]<0> {${Buffer.byteLength(mail.text)}}\r\n${mail.text})`, 'OK'];
    if (command.startsWith('UID FETCH')) return this.mails.flatMap(({ text, at, seen }, n) => (seen ? [] : [`* ${n + 1} FETCH (UID ${n + 1} INTERNALDATE "${date(at)}" RFC822.SIZE ${Buffer.byteLength(text)})`])).concat('OK');
    return ['OK'];
  }
}

/** date is a moment as IMAP writes it. */
function date(at) {
  const [, day, month, year, time] = at.toUTCString().match(/, (\d+) (\w+) (\d+) ([\d:]+)/);
  return `${day}-${month}-${year} ${time} +0000`;
}
