import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { Act, DeskList, DeskPage } from '../console';
import styles from './funds.module.css';
import { MONEY_ROLES } from './roles';
import { Standing } from './standing';
import { useOwnerKinds } from './custody-words';

type Account = Schemas['CustodyAccountView'];

/** Who holds the money of the community. The platform never does. */
export function CustodyPage() {
  const { t } = useLingui();
  const kinds = useOwnerKinds();
  return (
    <DeskPage
      title={t`托管账户`}
      lead={t`大家的钱由居委会、基金会这样的单位保管，平台不碰钱。`}
      roles={MONEY_ROLES}
    >
      {(desk) => (
        <>
          {desk.is('community_staff') && (
            <div className={styles.acts}>
              <ProposeAccount communityId={desk.communityId} />
            </div>
          )}
          <DeskList<Account>
            caption={t`托管账户`}
            path="/v1/communities/{id}/custody-accounts"
            of={{ id: desk.communityId }}
            empty={t`这个社区还没有托管账户。`}
            keyOf={({ id }) => id}
            columns={[
              {
                head: t`单位`,
                cell: ({ id, ownerName }) => (
                  <Link to="/console/funds/custody/$id" params={{ id }}>
                    {ownerName}
                  </Link>
                ),
              },
              { head: t`是谁`, cell: ({ ownerKind }) => kinds[ownerKind] },
              {
                head: t`网上付款`,
                cell: ({ takesOnlinePayment }) => (takesOnlinePayment ? t`开了` : t`没开`),
              },
              { head: t`从哪天起`, cell: ({ activeSince }) => activeSince && date(activeSince) },
              { head: t`状态`, cell: ({ state }) => <Standing of="custody" state={state} /> },
            ]}
          />
        </>
      )}
    </DeskPage>
  );
}

function ProposeAccount({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const kinds = useOwnerKinds();
  const hint = t`人的编号，per_ 开头。`;
  return (
    <Act
      label={t`登记托管账户`}
      look="main"
      lead={t`资金审批人启用以后才能收钱。`}
      fields={[
        { name: 'ownerName', label: t`单位全称` },
        { name: 'ownerKind', label: t`是谁`, kind: 'choice', options: Object.entries(kinds) },
        { name: 'one', label: t`第一位签字人`, hint },
        { name: 'two', label: t`第二位签字人`, hint },
      ]}
      run={({ ownerName, ownerKind, one, two }) =>
        must(
          http.POST('/v1/communities/{id}/custody-accounts', {
            params: { path: { id: communityId } },
            body: { ownerName, ownerKind: ownerKind as Account['ownerKind'], signatories: [one, two] },
          }),
        )
      }
    />
  );
}
