import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { ButtonLink } from '../../ui/button';
import { Act, DeskList, DeskPage } from '../console';
import styles from './desk.module.css';

type Trust = Schemas['TrustItem'];

export function TrustedPage() {
  const { t } = useLingui();
  return (
    <DeskPage
      title={t`信得过的邻居`}
      lead={t`他们可以替不会用手机的邻居办事。在已认证的居民里设。`}
      roles={['community_staff']}
    >
      {({ communityId }) => (
        <>
          <div className={styles.acts}>
            <ButtonLink to="/console/residents">{t`回到居民`}</ButtonLink>
          </div>
          <DeskList<Trust>
            caption={t`信得过的邻居`}
            path="/v1/communities/{id}/trusted-neighbours"
            of={{ id: communityId }}
            empty={t`还没有设信得过的邻居。`}
            keyOf={({ id }) => id}
            columns={[
              { head: t`姓名`, cell: ({ maskedName }) => maskedName },
              { head: t`从`, cell: ({ createdAt }) => date(createdAt) },
              { head: t`到`, cell: ({ until }) => date(until) },
            ]}
            acts={({ id }) => (
              <Act
                label={t`收回`}
                look="danger"
                lead={t`收回以后，他就不能再替别人办事。`}
                run={() => must(http.DELETE('/v1/trusted-neighbours/{id}', { params: { path: { id } } }))}
              />
            )}
            actsHead={t`办理`}
          />
        </>
      )}
    </DeskPage>
  );
}
