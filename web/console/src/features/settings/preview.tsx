// The widget as visitors have it, in a frame that this page speaks to as a host page does.
import { type Greeting, isGreeting, SOURCE, VERSION } from '@foyer/shared/greeting';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../lib/text';
import styles from './appearance.module.css';
import type { Value } from './queries';

/** The settings that a host page may override, by the names of its theme. */
const THEME = { title: 'Livechat_title', color: 'Livechat_title_color', offlineTitle: 'Livechat_offline_title', background: 'Livechat_background' };

export function Preview({ look }: { look: Record<string, Value> }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [port, setPort] = useState<MessagePort | null>(null);
  useEffect(() => {
    const greeted = ({ source, origin, data }: MessageEvent) => {
      const target = frame.current?.contentWindow;
      if (!target || source !== target || origin !== location.origin || !isGreeting(data as Greeting, 'ready')) return;
      const { port1, port2 } = new MessageChannel();
      target.postMessage({ src: SOURCE, fn: 'connect', v: VERSION }, origin, [port2]);
      port1.postMessage({ fn: 'maximizeWidget', args: [] });
      setPort(port1);
    };
    addEventListener('message', greeted);
    return () => removeEventListener('message', greeted);
  }, []);
  const theme = JSON.stringify(Object.fromEntries(Object.entries(THEME).map(([name, id]) => [name, look[id]])));
  useEffect(() => port?.postMessage({ fn: 'setTheme', args: [JSON.parse(theme)] }), [port, theme]);
  return (
    <aside className={styles['preview']}>
      <p>{t('appearance.preview')}</p>
      <iframe ref={frame} src="/livechat" title={t('appearance.frame')} />
    </aside>
  );
}
