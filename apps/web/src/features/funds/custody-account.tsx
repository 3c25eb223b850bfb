import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Act, DeskPage, type Desk } from '../console';
import { Channels } from './channels';
import { useOwnerKinds } from './custody-words';
import { Facts } from './facts';
import styles from './funds.module.css';
import { MONEY_ROLES } from './roles';
import { Standing } from './standing';

/** One account that holds money, and the merchant accounts that it is paid through. */
export function CustodyAccountPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/console/funds/custody/$id' });
  return (
    <DeskPage title={t`一个托管账户`} roles={MONEY_ROLES}>
      {(desk) => <OneAccount id={id} desk={desk} />}
    </DeskPage>
  );
}

function OneAccount({ id, desk }: { readonly id: string; readonly desk: Desk }) {
  const { data, error, refetch } = api.useQuery('get', '/v1/custody-accounts/{id}', {
    params: { path: { id } },
  });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={5} />;
  return (
    <>
      <Account account={data} desk={desk} />
      <Channels account={data} desk={desk} />
    </>
  );
}

interface AccountProps {
  readonly account: Schemas['CustodyAccountView'];
  readonly desk: Desk;
}

function Account({ account: { id, ownerName, ownerKind, state }, desk }: AccountProps) {
  const { t } = useLingui();
  const kinds = useOwnerKinds();
  const params = { path: { id } };
  return (
    <div className={styles.card}>
      <h2>{ownerName}</h2>
      <Facts
        rows={[
          [t`是谁`, kinds[ownerKind]],
          [t`状态`, <Standing key="state" of="custody" state={state} />],
        ]}
      />
      {desk.is('fund_approver') && (
        <div className={styles.acts}>
          {state === 'proposed' && (
            <Act
              label={t`启用`}
              look="main"
              lead={t`启用以后，${ownerName} 就可以收众筹的钱。登记的人自己不能启用。`}
              run={() => must(http.POST('/v1/custody-accounts/{id}/activate', { params }))}
            />
          )}
          {state !== 'closed' && (
            <Act
              label={t`停用`}
              look="danger"
              lead={t`不再收新的钱；退款照样退。`}
              run={() => must(http.POST('/v1/custody-accounts/{id}/close', { params }))}
            />
          )}
        </div>
      )}
    </div>
  );
}
