import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { api, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { Page } from '../../app/page';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './paper.module.css';

export type Campaign = Schemas['CampaignPageView'];

interface PaperProps {
  readonly id: string;
  /** What kind of paper it is, for the tab and the way back. */
  readonly name: string;
  readonly look: 'notice' | 'poster';
  readonly children: (campaign: Campaign) => ReactNode;
}

/** One sheet of A4 about a campaign: on a screen with a button above it, on paper alone. */
export function Paper({ id, name, look, children }: PaperProps) {
  const { t } = useLingui();
  const { data, error, refetch } = api.useQuery('get', '/v1/campaigns/{id}', { params: { path: { id } } });
  if (isProblem(error) && error.status === 404) return <Lost />;
  return (
    <Page title={data ? `${name} ${data.title}` : name} ownHeading>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting lines={8} />}
      {data && (
        <>
          <div className={styles.tools}>
            <Link to="/c/$id" params={{ id }}>{t`回到这件事`}</Link>
            <Button look="main" onClick={() => window.print()}>
              <Printer aria-hidden size={22} />
              {t`打印`}
            </Button>
            {data.noticeEndsAt === null && (
              <Banner tone="warn" title={t`社区核实以后再印：现在扫码还打不开。`} />
            )}
          </div>
          <article className={`${styles.paper} ${styles[look]}`}>{children(data)}</article>
        </>
      )}
    </Page>
  );
}
