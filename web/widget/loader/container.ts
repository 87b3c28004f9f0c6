import type { Place, Room } from '../bridge/protocol';

const SMALL = '(max-width:480px),(max-height:420px)';

/** The container in the page and the frame in it, as customers' style sheets know them. */
export function makeContainer(url: string) {
  const container = document.createElement('div');
  const inner = container.appendChild(document.createElement('div'));
  const frame = inner.appendChild(document.createElement('iframe'));
  container.className = 'rocketchat-widget';
  inner.className = 'rocketchat-container';
  frame.id = 'rocketchat-iframe';
  frame.src = url;
  inner.style.cssText = frame.style.cssText = 'display:block;width:100%;height:100%;border:0;background:none;color-scheme:light';
  return { container, frame };
}

/** Places the container as the frame asks, full screen on small ones; `told` hears of the frame's room. */
export function placer(container: HTMLElement, told: (room: Room) => void) {
  const small = matchMedia(SMALL);
  const view = window.visualViewport;
  let now: Place = { state: 'hidden', side: 'right', title: '' };
  const draw = () => {
    const opened = now.state === 'opened';
    const full = small.matches && opened;
    document.body.classList.toggle('rc-livechat-mobile-full-screen', full);
    container.dataset.state = opened ? 'opened' : 'closed';
    container.style.cssText = BASE + (now.state === 'hidden' ? 'display:none' : full ? fullScreen(view) : corner(opened, now.side));
  };
  const all = () => {
    draw();
    const { scrollMarginTop, scrollMarginRight, scrollMarginBottom, scrollMarginLeft } = getComputedStyle(container);
    told({ full: small.matches, edges: [scrollMarginTop, scrollMarginRight, scrollMarginBottom, scrollMarginLeft] });
  };
  small.addEventListener('change', all);
  view?.addEventListener('resize', draw);
  view?.addEventListener('scroll', draw);
  return (place: Place) => {
    now = place;
    all();
  };
}

/** The screen's unsafe edges are read back from the scroll margin, which has no effect here. */
const BASE = 'position:fixed;z-index:12345;max-width:100%;max-height:100vh;color-scheme:light;scroll-margin:' +
  ['top', 'right', 'bottom', 'left'].map((side) => `env(safe-area-inset-${side},0px)`).join(' ') + ';';

const corner = (opened: boolean, side: string) => `bottom:0;${side}:0;${opened ? 'width:420px;height:752px' : 'width:88px;height:88px'}`;

/** The part of the screen that a phone's keyboard leaves. */
const fullScreen = (view: VisualViewport | null) => (view ? `left:0;width:100%;top:${view.offsetTop}px;height:${view.height}px` : 'inset:0');
