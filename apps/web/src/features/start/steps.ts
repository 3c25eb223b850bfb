import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';

/** Six questions, one a page, and a look at all answers. */
export const STEPS = ['story', 'place', 'asks', 'plan', 'money', 'deadline', 'check'] as const;
export type Step = (typeof STEPS)[number];

export const QUESTIONS: Readonly<Record<Step, MessageDescriptor>> = {
  story: msg`要办什么事？`,
  place: msg`在哪里？`,
  asks: msg`缺什么？`,
  plan: msg`打算怎么做？`,
  money: msg`要花多少钱，怎么管？`,
  deadline: msg`什么时候截止？`,
  check: msg`看一遍，交给社区`,
};

export const stepOf = (text: string): Step | undefined => STEPS.find((step) => step === text);

/** Which question a flaw belongs to, by the pointer that the api names. */
export function stepOfPointer(pointer: string): Step {
  const [, part = ''] = pointer.split('/');
  if (part === 'story' || part === 'title' || part === 'lead') return 'story';
  if (part === 'place' || part === 'placeText') return 'place';
  if (part === 'goal' || part === 'asks') return 'asks';
  if (part === 'plan' || part === 'risks' || part === 'milestones') return 'plan';
  if (part === 'costs') return 'money';
  if (pointer.includes('deadline') || pointer.includes('extension')) return 'deadline';
  return 'money';
}
