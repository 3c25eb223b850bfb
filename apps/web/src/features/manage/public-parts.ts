import { lazy } from 'react';

// What neighbours see of it stays a part of its own, so that nobody else loads this page with it.
const campaign = () => import('../campaign');

export const Matches = lazy(async () => (await campaign()).matchesPart());
export const Objections = lazy(async () => (await campaign()).objectionsPart());
export const Outcome = lazy(async () => ({ default: (await campaign()).Outcome }));
