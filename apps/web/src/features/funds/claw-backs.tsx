import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { amount } from '../../ui/amount';
import { DataTable } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Act, type Desk } from '../console';
import { Section } from './facts';
import { HANDS } from './roles';
import { Standing } from './standing';

type ClawBack = Schemas['ClawBackView'];

interface ClawBacksProps {
  readonly payout: Schemas['PayoutView'];
  readonly desk: Desk;
}

const paramsOf = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

/** Money that the payee gave back, because what it was paid for was not accepted. */
export function ClawBacks({ payout: { id, clawBacks }, desk }: ClawBacksProps) {
  const { t } = useLingui();
  return (
    <Section
      id="claw-backs"
      title={t`收款方退回来的钱`}
      acts={desk.is(...HANDS) && <EnterClawBack payoutId={id} />}
    >
      {clawBacks.length === 0 ? (
        <Empty says={t`没有退回来的钱。`} />
      ) : (
        <DataTable<ClawBack>
          caption={t`收款方退回来的钱`}
          rows={clawBacks}
          keyOf={(one) => one.id}
          columns={[
            { head: t`银行的号码`, cell: ({ voucher }) => voucher },
            { head: t`金额`, cell: (one) => amount({ unit: 'fen' }, one.amount), figures: true },
            { head: t`为什么`, cell: ({ reason }) => reason },
            { head: t`状态`, cell: ({ state }) => <Standing of="clawBack" state={state} /> },
          ]}
          acts={(one) =>
            one.state === 'entered' && desk.is(...HANDS) && <Decide clawBack={one} desk={desk} />
          }
          actsHead={t`办理`}
        />
      )}
    </Section>
  );
}

function EnterClawBack({ payoutId }: { readonly payoutId: string }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`登记退回来的钱`}
      lead={t`另一位同事核实以后才算数。`}
      fields={[
        { name: 'amount', label: t`金额`, kind: 'yuan' },
        { name: 'voucher', label: t`银行流水上的号码` },
        { name: 'reason', label: t`为什么退` },
      ]}
      run={(body, key) =>
        must(http.POST('/v1/payouts/{id}/claw-backs', { params: paramsOf(payoutId, key), body }))
      }
    />
  );
}

function Decide({ clawBack: { id, enteredBy }, desk }: { readonly clawBack: ClawBack; readonly desk: Desk }) {
  const { t } = useLingui();
  return (
    <>
      {enteredBy === desk.me.id ? (
        t`等另一位核实`
      ) : (
        <Act
          label={t`核实：收到了`}
          look="main"
          lead={t`请看着银行流水填。`}
          fields={[{ name: 'voucher', label: t`银行流水上的号码` }]}
          run={(body, key) =>
            must(http.POST('/v1/claw-backs/{id}/confirm', { params: paramsOf(id, key), body }))
          }
        />
      )}
      <Act
        label={t`没查到`}
        lead={t`什么也不记账。`}
        run={(_, key) => must(http.POST('/v1/claw-backs/{id}/refuse', { params: paramsOf(id, key) }))}
      />
    </>
  );
}
