// The real binary as a child process: started, killed and started again on the
// same address with the same data, on either engine.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const binary = resolve(process.env.FOYER_BINARY ?? join(import.meta.dirname, '../../bin/foyer'));
export const admin = { username: 'boss', password: 'Boss-password-1' };
export const engines = ['SQLite', 'PostgreSQL'];

let next = process.pid * 16;
const isFree = (port) => new Promise((done) => {
  const server = createServer().once('error', () => done(false)).listen(port, '127.0.0.1', () => server.close(() => done(true)));
});

/** freePort finds a port below those that the system gives away by itself: nobody gets it while a server is down. */
export async function freePort() {
  for (;;) {
    const port = 20_000 + (next++ % 10_000);
    if (await isFree(port)) return port;
  }
}

/** postgres makes an empty database and returns its URL and how to drop it. */
function postgres() {
  const address = process.env.FOYER_TEST_POSTGRES;
  if (!address) throw new Error('FOYER_TEST_POSTGRES is not set: run the tests with make test');
  const name = `foyer_browser_${process.pid}_${Date.now()}`;
  const sql = (text) => execFileSync('psql', [address, '-qc', text]);
  sql(`CREATE DATABASE ${name}`);
  const url = new URL(address);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => sql(`DROP DATABASE ${name} WITH (FORCE)`) };
}

export class Foyer {
  /** start runs a server on an empty database; fresh: without an administrator. */
  static async start(engine, { flags = [], fresh = false } = {}) {
    const foyer = new Foyer();
    foyer.fresh = fresh;
    foyer.folder = mkdtempSync(join(tmpdir(), 'foyer-browser-'));
    foyer.address = `127.0.0.1:${await freePort()}`;
    foyer.url = `http://${foyer.address}`;
    foyer.database = engine === 'PostgreSQL' ? postgres() : undefined;
    foyer.flags = flags;
    await foyer.restart();
    return foyer;
  }

  get #data() {
    const data = ['--data', join(this.folder, 'data')];
    return this.database ? [...data, '--database', this.database.url] : data;
  }

  get #environment() {
    if (this.fresh) return process.env;
    return {
      ...process.env,
      FOYER_ADMIN_USERNAME: admin.username,
      FOYER_ADMIN_PASSWORD: admin.password,
      FOYER_ADMIN_EMAIL: 'boss@example.com',
      FOYER_ADMIN_NAME: 'Boss',
    };
  }

  /** run runs another command of the binary on the same data. */
  run(...args) {
    return execFileSync(binary, [...args, ...this.#data], { env: this.#environment, encoding: 'utf8' });
  }

  async restart() {
    const log = openSync(join(this.folder, 'log'), 'a');
    this.process = spawn(binary, ['serve', '--listen', this.address, '--rate-limits', 'off', ...this.flags, ...this.#data], {
      env: this.#environment,
      stdio: ['ignore', log, log],
    });
    this.exit = new Promise((done) => this.process.once('exit', done));
    for (;;) {
      const ready = await fetch(`${this.url}/health/ready`).then((r) => r.ok, () => false);
      if (ready) return;
      if (this.process.exitCode !== null) throw new Error(`the server ended:\n${this.log()}`);
      await pause(20);
    }
  }

  log() {
    return readFileSync(join(this.folder, 'log'), 'utf8').slice(-4000);
  }

  /** kill ends the process as a power cut would. */
  async kill() {
    this.process.kill('SIGKILL');
    await this.exit;
  }

  async stop() {
    await this.kill();
    this.database?.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** sql changes what is stored on PostgreSQL, as time would. */
  sql(text) {
    execFileSync('psql', [this.database.url, '-qc', text]);
  }

  /** call sends a request as the administrator. */
  async call(method, path, body) {
    this.token ??= await this.#signIn();
    const response = await fetch(this.url + path, {
      method,
      headers: { 'content-type': 'application/json', 'x-auth-token': this.token.authToken, 'x-user-id': this.token.userId },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async #signIn() {
    const response = await fetch(`${this.url}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: admin.username, password: admin.password }),
    });
    return (await response.json()).data;
  }

  addAgent({ username, name, password, roles = [] }) {
    const all = ['user', 'livechat-agent', ...roles].flatMap((role) => ['--role', role]);
    this.run('user', 'create', '--username', username, '--name', name, ...all, '--password', password);
  }

  setting(id, value) {
    return this.call('POST', `/api/v1/settings/${id}`, { value });
  }

  /** settings changes several, one after the other. */
  async settings(values) {
    for (const [id, value] of Object.entries(values)) await this.setting(id, value);
  }

  /** grant gives a permission to these roles and nobody else. */
  grant(permission, ...roles) {
    return this.call('POST', '/api/v1/permissions.update', { permissions: [{ _id: permission, roles }] });
  }
}
