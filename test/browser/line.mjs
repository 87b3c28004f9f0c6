// A network line between somebody and the server, to be cut and mended.
import { connect, createServer } from 'node:net';

export class Line {
  #open = new Set();
  #cut = false;

  /** to makes a line to an address, "127.0.0.1:8080"; who uses it asks `url`. */
  static async to(address) {
    const line = new Line();
    const [host, port] = address.split(':');
    line.server = createServer((near) => line.#carry(near, () => connect({ host, port: Number(port) })));
    await new Promise((listening) => line.server.listen(0, '127.0.0.1', listening));
    line.url = `http://127.0.0.1:${line.server.address().port}`;
    return line;
  }

  #carry(near, dial) {
    if (this.#cut) return near.destroy();
    const far = dial();
    for (const [one, other] of [[near, far], [far, near]]) {
      this.#open.add(one);
      one.on('error', () => undefined).on('close', () => this.#open.delete(one) && other.destroy()).pipe(other);
    }
  }

  /** cut breaks every connection and lets no other come about. */
  cut() {
    this.#cut = true;
    for (const socket of this.#open) socket.destroy();
  }

  mend() {
    this.#cut = false;
  }

  close() {
    this.cut();
    this.server.close();
  }
}
