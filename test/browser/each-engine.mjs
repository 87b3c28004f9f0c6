// Groups of tests that run on each engine. The tests of a group share a server and
// the browser; every test brings its own people. Where the engines could answer
// differently is proven in Go, on both; the browser takes both where it walks the
// whole way (a conversation), where the server is killed, and at its first start.
import { after, afterEach, before, describe } from 'node:test';
import { launch } from './browser.mjs';
import { engines } from './foyer.mjs';
import { Stage } from './stage.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** eachEngine makes a group of tests for each engine; they get its stage. */
export function eachEngine(name, tests, { only = engines, ...server } = {}) {
  for (const engine of only) {
    describe(`${name}, ${engine}`, () => {
      const stage = new Stage();
      before(() => stage.open(browser, engine, server));
      afterEach(() => stage.clear());
      after(() => stage.close());
      tests(stage);
    });
  }
}
