import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '../../api/client';
import { Input, Select, TextArea } from '../../ui/field';
import { put, type StepProps } from './drafts';
import { PhotoPicker, type PickedPhoto } from './photo-picker';
import { useStep } from './step-form';

type Category = Schemas['StoryBody']['category'];

const CATEGORIES: readonly (readonly [Category, MessageDescriptor])[] = [
  ['community_service', msg`社区服务`],
  ['community_development', msg`社区发展`],
  ['community_governance', msg`社区治理`],
  ['community_safety', msg`社区安全`],
  ['rural_revitalisation', msg`乡村振兴`],
];

export function StoryStep({ draft }: StepProps) {
  const { t, i18n } = useLingui();
  const { form, change, frame } = useStep({
    step: 'story',
    draft,
    first: () => ({
      title: draft.title,
      lead: draft.lead,
      story: draft.story,
      beneficiaries: draft.beneficiaries,
      category: (CATEGORIES.find(([code]) => code === draft.category)?.[0] ??
        'community_service') as Category,
      photos: draft.photos.map(({ fileId, alt }): PickedPhoto => ({ fileId, alt })),
    }),
    save: async (at, { photos = [], ...story }) => {
      const now = draft.photos.map(({ fileId, alt }) => ({ fileId, alt }));
      const isSame = JSON.stringify(now) === JSON.stringify(photos);
      // The photos first: where their words are missing, nothing has been written yet.
      return put.story(isSame ? at : await put.photos(at, { photos: [...photos] }), story);
    },
  });
  return frame(
    <>
      <Input
        label={t`名字`}
        hint={t`短一点好记，比如：把香樟树下的长椅修好`}
        maxLength={60}
        value={form.title}
        onChange={(event) => change({ title: event.target.value })}
      />
      <Input
        label={t`一句话说清楚`}
        maxLength={120}
        value={form.lead}
        onChange={(event) => change({ lead: event.target.value })}
      />
      <TextArea
        label={t`为什么要办`}
        rows={6}
        maxLength={10_000}
        value={form.story}
        onChange={(event) => change({ story: event.target.value })}
      />
      <PhotoPicker
        photos={form.photos ?? []}
        change={(edit) => change((now) => ({ photos: [...edit(now.photos ?? [])] }))}
      />
      <TextArea
        label={t`谁会用到`}
        rows={2}
        maxLength={500}
        value={form.beneficiaries}
        onChange={(event) => change({ beneficiaries: event.target.value })}
      />
      <Select
        label={t`哪一类`}
        value={form.category}
        onChange={(event) => change({ category: event.target.value as Category })}
      >
        {CATEGORIES.map(([code, words]) => (
          <option key={code} value={code}>
            {i18n._(words)}
          </option>
        ))}
      </Select>
    </>,
  );
}

export function PlaceStep({ draft }: StepProps) {
  const { t } = useLingui();
  const { form, change, frame } = useStep({
    step: 'place',
    draft,
    first: () => ({ placeText: draft.placeText }),
    save: (at, body) => put.place(at, body),
  });
  return frame(
    <Input
      label={t`具体在哪里`}
      hint={t`邻居一看就找得到，比如：二栋南面空地`}
      maxLength={200}
      value={form.placeText}
      onChange={(event) => change({ placeText: event.target.value })}
    />,
  );
}
