import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { Paged } from '../../app/paged';
import { moment } from '../../lib/dates';
import { Empty } from '../../ui/empty';
import type { OfCampaign } from './campaign';
import styles from './manage.module.css';

const EVENTS: Readonly<Record<string, MessageDescriptor>> = {
  create: msg`开始写`,
  submit: msg`交给社区`,
  return: msg`退回修改`,
  revise: msg`拿回来改`,
  approve: msg`核实通过，开始公示`,
  open: msg`开始筹`,
  extend: msg`截止时间延长`,
  pass_deadline: msg`到截止时间`,
  goal_met: msg`凑齐了`,
  start_collecting: msg`凑齐了，开始收款`,
  goal_missed: msg`没凑齐`,
  collected: msg`款收齐了`,
  under_collected: msg`款没收齐`,
  start_delivery: msg`动手办`,
  complete: msg`办成了`,
  suspend: msg`社区暂停`,
  resume_to_notice: msg`恢复公示`,
  resume_to_open: msg`恢复筹集`,
  cancel: msg`取消`,
};

/** What happened to it, when, by whom and why; for everybody who may read the campaign. */
export function Log({ campaign }: OfCampaign) {
  const { t, i18n } = useLingui();
  const path = { id: campaign.id };
  return (
    <section aria-labelledby="log">
      <h2 id="log">{t`经过`}</h2>
      <Paged<Schemas['LogPage']>
        queryKey={['get', '/v1/campaigns/{id}/log', path]}
        read={(query) => http.GET('/v1/campaigns/{id}/log', { params: { path, query } })}
        empty={<Empty says={t`还没有记录。`} />}
      >
        {(lines) => (
          <ol className={styles.log}>
            {lines.map(({ event, actor, reason, at }) => {
              const words = EVENTS[event];
              return (
                <li key={`${at} ${event}`}>
                  <b>{words ? i18n._(words) : event}</b>
                  <span>
                    {actor ?? t`自动`} · <time dateTime={at}>{moment(at)}</time>
                  </span>
                  {reason && <p>{reason}</p>}
                </li>
              );
            })}
          </ol>
        )}
      </Paged>
    </section>
  );
}
