import { useLingui } from '@lingui/react/macro';
import { http } from '../../api/client';
import { must } from '../../api/must';
import { moment } from '../../lib/dates';
import { wordsKey } from '../../lib/language';
import { Act } from './act';
import type { Campaign, OfCampaign } from './campaign';
import styles from './manage.module.css';

const underWay = ['draft', 'in_review', 'returned', 'notice', 'open', 'suspended'];
const dayMs = 86_400_000;

/** More time, back to the desk, or the end of it: what the organiser may do by the rules of the launch, and what follows. */
export function Changes({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const { state, may } = campaign;
  if (!underWay.includes(state)) return null;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t`改期、收回、取消`}</h2>
      <div className={styles.changes}>
        {state === 'open' && <Extend campaign={campaign} />}
        {(state === 'in_review' || state === 'notice') && <TakeBack campaign={campaign} />}
        {may.cancel ? (
          <Cancel campaign={campaign} />
        ) : (
          <p className={styles.note}>{t`已经有邻居答应，您自己不能取消。真办不下去，请社区来取消。`}</p>
        )}
      </div>
    </section>
  );
}

/** What a clock in the community shows `days` after an instant that it shows as `local`. */
function later(local: string, days: number): string {
  const asUtc = Date.parse(`${local.slice(0, 16)}:00Z`);
  return new Date(asUtc + days * dayMs).toISOString().slice(0, 16);
}

function mayStillMove({ asks, extension }: Campaign): boolean {
  if (extension.daysMax === 0 || extension.usedAt !== null) return false;
  const percent = BigInt(extension.reachedPercent);
  return asks.every(
    ({ required, promised, minimum }) => !required || BigInt(promised) * 100n >= BigInt(minimum) * percent,
  );
}

function Extend({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const { id, extension, deadline } = campaign;
  const rule = extension.words[wordsKey()];
  if (!deadline || !mayStillMove(campaign)) return <p className={styles.note}>{rule}</p>;
  const [from, to] = [later(deadline.local, 0), later(deadline.local, extension.daysMax)];
  const params = { path: { id } };
  return (
    <Act
      label={t`延长截止时间`}
      consequences={[
        rule,
        t`现在的截止时间是 ${moment(deadline.at, deadline.timeZone)}。`,
        t`只能延长这一次，延了就不能改回来。`,
        t`大家答应的照样算数，页面上的截止时间马上变。`,
      ]}
      asks={{ label: t`延到什么时候`, hint: t`按社区当地的时间。`, between: [from, to] }}
      run={(local) => must(http.POST('/v1/campaigns/{id}/extend', { params, body: { deadline: local } }))}
    />
  );
}

function TakeBack({ campaign: { id, version, state } }: OfCampaign) {
  const { t } = useLingui();
  const params = { path: { id } };
  // What was read is taken back: a step that somebody took meanwhile is seen first.
  const headers = { 'If-Match': `"${version}"` };
  return (
    <Act
      label={t`收回来改`}
      consequences={[
        state === 'notice' ? t`公示马上停止，邻居看不到这一页了。` : t`社区不再核实这一份。`,
        t`改好要重新交，社区重新核实，再公示一遍。`,
        t`写过的都还在。`,
      ]}
      run={() => must(http.POST('/v1/campaigns/{id}/take-back', { params, headers }))}
    />
  );
}

function Cancel({ campaign: { id, noticeEndsAt, matches } }: OfCampaign) {
  const { t } = useLingui();
  const params = { path: { id } };
  const shown = [
    t`页面留着，上面写明取消了和为什么。`,
    t`以后谁也不能再答应。`,
    ...(matches.length > 0 ? [t`配捐的钱也不再给这件事。`] : []),
  ];
  return (
    <Act
      danger
      label={t`取消这件事`}
      consequences={[
        t`取消以后不能恢复，要办得重新发起。`,
        ...(noticeEndsAt === null ? [t`草稿只有您和社区看得到，取消了也不公开。`] : shown),
      ]}
      asks={{ label: t`为什么取消`, hint: t`邻居会看到这句话。` }}
      run={(reason) => must(http.POST('/v1/campaigns/{id}/cancel', { params, body: { reason } }))}
    />
  );
}
