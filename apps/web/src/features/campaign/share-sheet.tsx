import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { shortLink } from '../../lib/links';
import { Button, ButtonLink } from '../../ui/button';
import { Qr } from '../../ui/qr';
import { Sheet } from '../../ui/sheet';
import type { CampaignPage } from './campaign';
import styles from './share-sheet.module.css';

/** A link, and a code to scan from a neighbour's phone. Nobody is rewarded for passing it on. */
export function ShareSheet({
  campaign,
  onClose,
}: {
  readonly campaign: CampaignPage;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const [done, setDone] = useState<'copied' | 'not_sent' | null>(null);
  const link = shortLink(campaign.id);
  const params = { id: campaign.id };
  const share = async () => {
    if (navigator.share) return navigator.share({ title: campaign.title, url: link });
    await navigator.clipboard.writeText(`${campaign.title} ${link}`);
    setDone('copied');
  };
  // Somebody thought better of it, or the browser forbids it: the link above can be marked and copied.
  const send = () => void share().catch(() => setDone('not_sent'));
  return (
    <Sheet title={t`转给邻居`} lead={t`让邻居扫一扫，或者把链接发到群里。`} onClose={onClose}>
      <Qr className={styles.code} link={link} alt={t`这件事的二维码`} />
      <p className={styles.link}>{link}</p>
      <div className={styles.actions}>
        <Button look="main" onClick={send}>{t`发出去`}</Button>
        <Button onClick={onClose}>{t`关上`}</Button>
      </div>
      <p className={styles.paper}>
        <ButtonLink to="/c/$id/notice" params={params}>{t`打印楼道通知`}</ButtonLink>
        <ButtonLink to="/c/$id/poster" params={params}>{t`打印海报`}</ButtonLink>
      </p>
      <p role="status">
        {done === 'copied' && t`链接已复制，去群里粘贴就行。`}
        {done === 'not_sent' && t`没有发出去。按住上面的链接可以复制。`}
      </p>
    </Sheet>
  );
}
