import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { serverClock } from '../../lib/clock';
import { moment } from '../../lib/dates';
import { Act, DeskList, type Desk } from '../console';
import { Section } from './facts';
import styles from './funds.module.css';
import { HANDS } from './roles';
import { Standing } from './standing';

type Payee = Schemas['PayeeView'];

const holdHours = 72;

/** Until when nothing is sent to a new or changed account; null when that is over. */
export function heldUntil({ changedAt }: Pick<Payee, 'changedAt'>): string | null {
  const until = Date.parse(changedAt) + holdHours * 3_600_000;
  return until > serverClock.now() ? new Date(until).toISOString() : null;
}

interface PayeesProps {
  readonly campaignId: string;
  readonly desk: Desk;
}

/** Who may be paid. A number counts when another person has read it from the papers and typed it again. */
export function Payees({ campaignId, desk }: PayeesProps) {
  const { t } = useLingui();
  const kinds = { partner: t`社会组织`, supplier: t`商家`, organiser: t`垫钱的发起人` };
  return (
    <Section
      id="payees"
      title={t`收款方`}
      acts={desk.is('community_staff') && <EnterPayee campaignId={campaignId} />}
    >
      <p className={styles.note}>{t`新填或改过的账号，${holdHours} 小时以后才能转账。`}</p>
      <DeskList<Payee>
        caption={t`收款方`}
        path="/v1/campaigns/{id}/payees"
        of={{ id: campaignId }}
        empty={t`还没有登记收款方。`}
        keyOf={({ id }) => id}
        columns={[
          { head: t`户名`, cell: ({ name }) => name },
          { head: t`是谁`, cell: ({ kind }) => kinds[kind] },
          { head: t`账号`, cell: ({ bankName, account }) => `${bankName} ${account}` },
          { head: t`什么时候能转账`, cell: (payee) => <Hold payee={payee} /> },
          { head: t`状态`, cell: ({ state }) => <Standing of="payee" state={state} /> },
        ]}
        acts={(payee) => <PayeeActs payee={payee} desk={desk} />}
        actsHead={t`办理`}
      />
    </Section>
  );
}

export function Hold({ payee }: { readonly payee: Pick<Payee, 'changedAt'> }) {
  const { t } = useLingui();
  const until = heldUntil(payee);
  return until === null ? t`可以转账` : t`${moment(until)} 以后`;
}

function useAccountFields() {
  const { t } = useLingui();
  return [
    { name: 'name', label: t`户名`, hint: t`和银行登记的一个字不差。` },
    { name: 'bankName', label: t`开户行` },
    { name: 'account', label: t`账号`, hint: t`只有最后四位会再显示出来。` },
  ] as const;
}

function EnterPayee({ campaignId }: { readonly campaignId: string }) {
  const { t } = useLingui();
  const account = useAccountFields();
  return (
    <Act
      label={t`登记收款方`}
      lead={t`填好以后，请另一位同事照着对方的材料再填一遍账号。`}
      fields={[
        {
          name: 'kind',
          label: t`是谁`,
          kind: 'choice',
          options: [
            ['supplier', t`商家`],
            ['partner', t`社会组织`],
            ['organiser', t`垫钱的发起人`],
          ],
        },
        ...account,
        { name: 'partnerId', label: t`社会组织编号`, hint: t`付给社会组织时填，ptn_ 开头。`, optional: true },
        { name: 'personId', label: t`垫钱人的编号`, hint: t`还给垫钱的人时填，per_ 开头。`, optional: true },
      ]}
      run={({ kind, partnerId, personId, ...rest }, key) =>
        must(
          http.POST('/v1/campaigns/{id}/payees', {
            params: { path: { id: campaignId }, header: { 'Idempotency-Key': key } },
            body: {
              ...rest,
              kind: kind as Payee['kind'],
              partnerId: partnerId || undefined,
              personId: personId || undefined,
            },
          }),
        )
      }
    />
  );
}

function PayeeActs({ payee, desk }: { readonly payee: Payee; readonly desk: Desk }) {
  const { t } = useLingui();
  const account = useAccountFields();
  const path = { id: payee.id };
  if (payee.state === 'forgotten') return null;
  const isMine = payee.enteredBy === desk.me.id;
  return (
    <>
      {payee.state === 'proposed' && desk.is(...HANDS) && !isMine && (
        <Act
          label={t`核对账号`}
          look="main"
          lead={t`请照着 ${payee.name} 的材料填，不要照抄同事填的。`}
          fields={[{ name: 'account', label: t`账号` }]}
          run={(body, key) =>
            must(
              http.POST('/v1/payees/{id}/confirm', {
                params: { path, header: { 'Idempotency-Key': key } },
                body,
              }),
            )
          }
        />
      )}
      {desk.is('community_staff') && (
        <Act
          label={t`改账号`}
          lead={t`改了以后要重新核对，${holdHours} 小时的等待也从头算。`}
          fields={account}
          run={(body, key) =>
            must(
              http.POST('/v1/payees/{id}/account', {
                params: { path, header: { 'Idempotency-Key': key } },
                body,
              }),
            )
          }
        />
      )}
    </>
  );
}
