// What a site's pages carry to show the widget.
import { Button, CopyButton, Modal, Textarea } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { t } from '../../lib/text';
import type { Site } from './queries';
import styles from './sites.module.css';

export function Snippet({ site, onDone }: { site: Site; onDone(): void }) {
  const code = snippetOf(location.origin, site._id);
  return (
    <Modal opened onClose={onDone} size="lg" title={t('sites.codeOf', { name: site.name })} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <p className={styles['note']}>{t('sites.codeText')}</p>
      <Textarea dir="ltr" readOnly autosize aria-label={t('sites.code')} value={code} className={styles['code']} />
      <CopyButton value={code}>
        {({ copied, copy }) => <Button mt="sm" variant="default" leftSection={copied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />} onClick={copy}>{t(copied ? 'sites.copied' : 'sites.copy')}</Button>}
      </CopyButton>
    </Modal>
  );
}

/** The snippet of a site; the default one's needs no name. */
export function snippetOf(origin: string, site: string): string {
  const page = `${origin}/livechat${site === 'default' ? '' : `?site=${site}`}`;
  return `<script>
  (function (w, d, s, u) {
    w.RocketChat = function (c) { w.RocketChat._.push(c) }; w.RocketChat._ = []; w.RocketChat.url = u;
    var h = d.getElementsByTagName(s)[0], j = d.createElement(s);
    j.async = true; j.src = '${origin}/livechat/rocketchat-livechat.min.js'; h.parentNode.insertBefore(j, h);
  })(window, document, 'script', '${page}');
</script>`;
}
