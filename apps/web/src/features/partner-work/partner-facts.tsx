import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '../../api/client';
import { date } from '../../lib/dates';
import { PARTNER_KINDS } from '../../ui/partner-kinds';
import { Mark, type Look } from '../../ui/state-mark';
import styles from './partner-work.module.css';
import { EVIDENCE, EVIDENCE_NEEDED, STATUSES, type Partner } from './words';

const STATES: Readonly<Record<Partner['state'], readonly [words: MessageDescriptor, look: Look]>> = {
  applied: [msg`等社区核实`, 'lit'],
  verified: [msg`已核实`, 'good'],
  refused: [msg`没有通过`, 'bad'],
  suspended: [msg`暂停`, 'bad'],
  withdrawn: [msg`退出了`, 'quiet'],
};

export function PartnerMark({ state }: Pick<Partner, 'state'>) {
  const { i18n } = useLingui();
  const [words, look] = STATES[state];
  return <Mark look={look}>{i18n._(words)}</Mark>;
}

/** What members and staff see of a partner: who it is, and what proves it. */
export function PartnerFacts({ partner }: { readonly partner: Schemas['PartnerDetailView'] }) {
  const { t, i18n } = useLingui();
  const { kind, legalStatus, registrationNo, about, evidence } = partner;
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t`哪一种`}</dt>
        <dd>{i18n._(PARTNER_KINDS[kind])}</dd>
        <dt>{t`怎么登记的`}</dt>
        <dd>{i18n._(STATUSES[legalStatus])}</dd>
        {registrationNo && (
          <>
            <dt>{t`统一社会信用代码`}</dt>
            <dd className="num">{registrationNo}</dd>
          </>
        )}
        <dt>{t`能为社区做什么`}</dt>
        <dd className={styles.prose}>{about}</dd>
      </dl>
      <h2 className={styles.section}>{t`证明材料`}</h2>
      {evidence.length === 0 && (
        <p>{t`还没有。要有有效的${i18n._(EVIDENCE_NEEDED[legalStatus])}，社区才能核实。`}</p>
      )}
      <ul className={styles.rows}>
        {evidence.map((one) => (
          <li key={one.id}>
            <b>{i18n._(EVIDENCE[one.kind])}</b>
            <span>{one.reference}</span>
            <span className={styles.meta}>
              {one.validUntil ? t`有效到 ${date(one.validUntil)}` : t`长期有效`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
