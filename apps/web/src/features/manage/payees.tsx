import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '../../api/client';
import { Empty } from '../../ui/empty';
import { Mark, type Look } from '../../ui/state-mark';
import styles from './manage.module.css';

type Payee = Schemas['PayeeView'];

const KINDS: Readonly<Record<Payee['kind'], MessageDescriptor>> = {
  partner: msg`社会组织`,
  supplier: msg`供货或做工的`,
  organiser: msg`垫钱的人`,
};
const STATES: Readonly<Record<Payee['state'], readonly [MessageDescriptor, Look]>> = {
  proposed: [msg`等另一个人核对账号`, 'lit'],
  confirmed: [msg`核对过了`, 'good'],
  forgotten: [msg`已经注销`, 'quiet'],
};

/** Accounts are typed in by staff with a second factor and checked by another person; the organiser sees how they stand. */
export function Payees({ payees }: { readonly payees: readonly Payee[] }) {
  const { t, i18n } = useLingui();
  return (
    <>
      <h3>{t`付给谁`}</h3>
      <p className={styles.note}>{t`收款账号由社区工作人员登记，另一个人核对过才能付。`}</p>
      {payees.length === 0 && <Empty says={t`还没有登记收款人，请把对方的账号交给社区。`} />}
      <ul className={styles.cards}>
        {payees.map(({ id, name, kind, bankName, account, state }) => (
          <li key={id}>
            <p className={styles.state}>
              <b>{name}</b>
              <Mark look={STATES[state][1]}>{i18n._(STATES[state][0])}</Mark>
            </p>
            <p className={styles.note}>
              {i18n._(KINDS[kind])} · {bankName} <span className="num">{account}</span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
