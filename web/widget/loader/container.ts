import type { Place, Room } from '../bridge/protocol';

/** This page load's name; it is kept nowhere. */
export const PAGE = crypto.getRandomValues(new Uint32Array(4)).join('-');
const SMALL = '(max-width:480px),(max-height:420px)';
const FULL = 'rc-livechat-mobile-full-screen';

/** The container in the page and the frame in it, as customers' style sheets know them. */
export function makeContainer(url: string) {
  const container = document.createElement('div');
  const inner = container.appendChild(document.createElement('div'));
  const frame = document.createElement('iframe');
  container.className = 'rocketchat-widget';
  inner.className = 'rocketchat-container';
  frame.id = 'rocketchat-iframe';
  frame.allow = 'autoplay';
  frame.src = placed(url);
  inner.style.cssText = frame.style.cssText = 'display:block;width:100%;height:100%;border:0;background:none;color-scheme:light';
  setTimeout(() => inner.appendChild(frame)); // making its document is a task of its own
  return { container, frame };
}

/** The frame's address, with the host of the page: it tells which site this is. */
function placed(url: string): string {
  const address = new URL(url);
  address.searchParams.set('host', location.host);
  address.searchParams.set('page', PAGE);
  return address.href;
}

/** Places the container as the frame asks, full screen on small ones; `told` hears of the frame's room. */
export function placer(container: HTMLElement, told: (room: Room) => void) {
  const small = matchMedia(SMALL);
  const view = window.visualViewport;
  const stop = new AbortController();
  const { signal } = stop;
  let now: Place = { state: 'hidden', side: 'right', title: '' };
  /** Where the page was scrolled to when the chat covered it. */
  let scrolled: readonly [number, number] | null = null;
  const cover = (full: boolean) => {
    document.body.classList.toggle(FULL, full);
    if (full) scrolled ??= [scrollX, scrollY];
    else if (scrolled) scrollTo(...scrolled);
    if (!full) scrolled = null;
  };
  const draw = () => {
    const { state, side } = now;
    const full = (small.matches || Boolean(now.full)) && state === 'opened';
    cover(full);
    container.dataset['state'] = state === 'hidden' ? 'closed' : state;
    container.style.cssText = BASE + (state === 'hidden' ? 'display:none' : full ? fullScreen(view) : `${now.middle ? 'top:50%;transform:translateY(-50%)' : 'bottom:0'};${side}:0;${size(now)}`);
  };
  const all = () => {
    draw();
    const { scrollMarginTop, scrollMarginRight, scrollMarginBottom, scrollMarginLeft } = getComputedStyle(container);
    told({ full: small.matches || Boolean(now.full), edges: [scrollMarginTop, scrollMarginRight, scrollMarginBottom, scrollMarginLeft] });
  };
  small.addEventListener('change', all, { signal });
  view?.addEventListener('resize', draw, { signal });
  view?.addEventListener('scroll', draw, { signal });
  return {
    place(place: Place): void {
      now = place;
      all();
    },
    /** Takes the container out and leaves the page as it was. */
    remove(): void {
      stop.abort();
      cover(false);
      container.remove();
    },
  };
}

/** The screen's unsafe edges are read back from the scroll margin, which has no effect here. */
const BASE = 'position:fixed;z-index:12345;max-width:100%;max-height:100vh;color-scheme:light;scroll-margin:' +
  ['top', 'right', 'bottom', 'left'].map((side) => `env(safe-area-inset-${side},0px)`).join(' ') + ';';

function size({ state, height = 0, size: [wide, high] = [88, 88] }: Place): string {
  if (state === 'opened') return 'width:420px;height:752px';
  return state === 'triggered' ? `width:420px;height:${height + 88}px` : `width:${wide}px;height:${high}px`;
}

/** The part of the screen that a phone's keyboard leaves. */
const fullScreen = (view: VisualViewport | null) => (view ? `left:0;width:100%;top:${view.offsetTop}px;height:${view.height}px` : 'inset:0');
