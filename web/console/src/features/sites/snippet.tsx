// What a site's pages carry to show the widget.
import { Button, CopyButton, Modal, SegmentedControl, Textarea } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../lib/text';
import type { Site } from './queries';
import styles from './sites.module.css';

export function Snippet({ site, onDone }: { site: Site; onDone(): void }) {
  const [api, setApi] = useState<keyof typeof snippets>('RocketChat');
  const code = snippets[api](location.origin, site._id);
  return (
    <Modal opened onClose={onDone} size="lg" title={t('sites.codeOf', { name: site.name })} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <p className={styles['note']}>{t('sites.codeText')}</p>
      <SegmentedControl mb="sm" aria-label={t('sites.codeApi')} data={Object.keys(snippets)} value={api} onChange={(next) => setApi(next as typeof api)} />
      <Textarea dir="ltr" readOnly rows={code.split('\n').length} aria-label={t('sites.code')} value={code} className={styles['code']} />
      <CopyButton value={code}>
        {({ copied, copy }) => <Button mt="sm" variant="default" leftSection={copied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />} onClick={copy}>{t(copied ? 'sites.copied' : 'sites.copy')}</Button>}
      </CopyButton>
    </Modal>
  );
}

/** The code of a site by the name that the page's scripts call; the default site's needs no name. */
export const snippets = { RocketChat: rocketChat, livechatoo };

function rocketChat(origin: string, site: string): string {
  const page = `${origin}/livechat${site === 'default' ? '' : `?site=${site}`}`;
  return `<script>
  (function (w, d, s, u) {
    w.RocketChat = function (c) { w.RocketChat._.push(c) }; w.RocketChat._ = []; w.RocketChat.url = u;
    var h = d.getElementsByTagName(s)[0], j = d.createElement(s);
    j.async = true; j.src = '${origin}/livechat/rocketchat-livechat.min.js'; h.parentNode.insertBefore(j, h);
  })(window, document, 'script', '${page}');
</script>`;
}

function livechatoo(origin: string, site: string): string {
  return `<script>
  (function (w, d, s) {
    var l = w.livechatoo = w.livechatoo || { _: [], embed: { options: {} }, popup: { options: {} } };
    if (l._) ['init', 'status', 'stop', 'flip', 'bubble', 'reload', 'switch_side', 'page', 'close'].forEach(function (f) {
      ['embed', 'popup'].forEach(function (p) {
        l[p][f] = function () { if (f === 'status') return 'loading'; l._.push([p, f, arguments, l[p].options]); };
      });
    });
    var j = d.createElement('script'), h = d.getElementsByTagName('script')[0];
    j.async = true; j.src = s; h.parentNode.insertBefore(j, h);
  })(window, document, '${origin}/livechatoo/embed.js');
  livechatoo.embed.init({ account: '${site}' });
</script>`;
}
