import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { date, moment } from '../../lib/dates';
import { StateMark } from '../../ui/state-mark';
import { DeskList, DeskPage, Filter } from '../console';

type Campaign = Schemas['CampaignItem'];
type State = Campaign['state'];

/** Campaigns of the community by how they stand; the ones to look through first. */
export function ReviewsPage() {
  const { t } = useLingui();
  const [state, setState] = useState<State>('in_review');
  const options: readonly (readonly [State, string])[] = [
    ['in_review', t`待核实`],
    ['returned', t`退回修改`],
    ['notice', t`公示中`],
    ['open', t`正在筹`],
    ['delivering', t`正在做`],
    ['suspended', t`暂停`],
  ];
  return (
    <DeskPage title={t`核实众筹`} roles={['community_staff']}>
      {({ communityId }) => (
        <>
          <Filter label={t`哪一步`} value={state} options={options} onChange={setState} />
          <DeskList<Campaign>
            caption={t`核实众筹`}
            path="/v1/campaigns"
            query={{ communityId, state }}
            empty={t`这一步没有众筹。`}
            keyOf={({ id }) => id}
            columns={[
              {
                head: t`众筹`,
                cell: ({ id, title }) => (
                  <Link to="/console/reviews/$id" params={{ id }}>
                    {title || t`还没有标题`}
                  </Link>
                ),
              },
              { head: t`地点`, cell: ({ placeText }) => placeText },
              { head: t`截止`, cell: ({ deadline }) => (deadline ? moment(deadline.at) : t`还没定`) },
              { head: t`提交`, cell: ({ createdAt }) => date(createdAt) },
              { head: t`状态`, cell: (row) => <StateMark state={row.state} /> },
            ]}
          />
        </>
      )}
    </DeskPage>
  );
}
