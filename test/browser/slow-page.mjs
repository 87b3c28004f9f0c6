// A page on a slowed processor, driven without anything of the driver's running in it but single expressions: real mouse
// and keys, and what the browser itself recorded of the page's thread meanwhile.
import { setTimeout as pause } from 'node:timers/promises';

/** What of a task's time is told apart, and what of it is script. */
const PARTS = /^(EvaluateScript|v8\.evaluateModule|v8\.compile\w*|FunctionCall|Layout|UpdateLayoutTree|ParseHTML|Paint|PrePaint|MinorGC|MajorGC|Layerize)$/;
const SCRIPT = /^(EvaluateScript|v8\.evaluateModule|v8\.callFunction|FunctionCall|BlinkScheduler_PerformMicrotaskCheckpoint)$/;
const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing', 'v8', 'toplevel'];

export class SlowPage {
  static async open(browser, rate) {
    const it = new SlowPage();
    it.browser = await browser.newBrowserCDPSession();
    it.context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
    it.page = await it.context.newPage();
    it.session = await it.context.newCDPSession(it.page);
    it.contexts = new Map();
    it.session.on('Runtime.executionContextCreated', ({ context }) => context.auxData.isDefault && it.contexts.set(context.id, context.origin));
    it.session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => it.contexts.delete(executionContextId));
    it.session.on('Runtime.executionContextsCleared', () => it.contexts.clear());
    await it.session.send('Runtime.enable');
    await it.session.send('Emulation.setCPUThrottlingRate', { rate });
    return it;
  }

  close() {
    return this.context.close();
  }

  go(url) {
    return this.session.send('Page.navigate', { url });
  }

  /** ask evaluates an expression in the document of an origin; undefined while there is none. */
  async ask(origin, expression) {
    const id = [...this.contexts].findLast(([, one]) => one === origin)?.[0];
    if (!id) return undefined;
    const answer = await this.session.send('Runtime.evaluate', { contextId: id, expression, returnByValue: true }).catch(() => undefined);
    return answer?.result.value;
  }

  /** until waits for an expression to be true; it looks seldom, not to be in the way. */
  async until(origin, expression, ms = 30_000) {
    for (const end = Date.now() + ms; !(await this.ask(origin, expression)); await pause(100)) {
      if (Date.now() > end) throw new Error(`never: ${expression}`);
    }
  }

  async click(x, y) {
    for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased']) await this.session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
  }

  /** type writes where the focus is. */
  type(text) {
    return this.session.send('Input.insertText', { text });
  }

  async press(key, code) {
    for (const type of ['keyDown', 'keyUp']) await this.session.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: code, ...(key === 'Enter' && { text: '\r' }) });
  }

  /** record answers with the tasks of the page's thread during an act, the longest first. */
  async record(origin, act) {
    const events = [];
    const take = ({ value }) => events.push(...value);
    this.browser.on('Tracing.dataCollected', take);
    await this.browser.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: CATEGORIES } });
    await pause(200);
    await act();
    await pause(500);
    await this.ask(origin, 'performance.mark("foyer-thread")');
    const complete = new Promise((done) => this.browser.once('Tracing.tracingComplete', done));
    await this.browser.send('Tracing.end');
    await complete;
    this.browser.off('Tracing.dataCollected', take);
    return tasksOf(events);
  }
}

function tasksOf(events) {
  const { pid, tid } = events.find(({ name }) => name === 'foyer-thread');
  const here = events.filter((it) => it.pid === pid && it.tid === tid && it.dur).sort((a, b) => a.ts - b.ts);
  return here.filter(({ name }) => name === 'RunTask').map((task) => {
    const inside = here.filter((it) => it !== task && it.ts >= task.ts && it.ts + it.dur <= task.ts + task.dur);
    const sums = {};
    for (const { name, tdur = 0 } of inside) if (PARTS.test(name)) sums[name] = (sums[name] ?? 0) + tdur / 1000;
    const parts = Object.entries(sums).filter(([, ms]) => ms > 3).sort(([, a], [, b]) => b - a).map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(', ');
    // The thread's own time: what others do on the machine meanwhile does not count.
    return { ms: task.tdur / 1000, script: inside.some(({ name, tdur }) => SCRIPT.test(name) && tdur > 1000), parts };
  }).sort((a, b) => b.ms - a.ms);
}
