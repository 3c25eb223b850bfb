import { useLingui } from '@lingui/react/macro';
import { api, type Schemas } from '../../api/client';
import { Select } from '../../ui/field';
import { useAnswer } from '../console';
import type { PageOf } from '../../app/paged';

export type Household = Schemas['HouseholdItem'];

interface EstateChoiceProps {
  readonly communityId: string;
  readonly value: string;
  readonly onChange: (estateId: string) => void;
}

export function EstateChoice({ communityId, value, onChange }: EstateChoiceProps) {
  const { t } = useLingui();
  const estates = api.useQuery('get', '/v1/communities/{id}/estates', {
    params: { path: { id: communityId }, query: { limit: 100 } },
  });
  return (
    <Select label={t`院落`} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{t`请选`}</option>
      {estates.data?.items.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

/** The doors of one estate. */
export function useHouseholds(communityId: string, estateId: string) {
  return useAnswer<PageOf<Household>>(
    '/v1/communities/{id}/households',
    { id: communityId },
    { limit: '100', ...(estateId && { estateId }) },
  );
}
