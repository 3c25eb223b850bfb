import { lazy } from 'react';

// Most campaigns have no match, and objections are raised before they open: readers need not wait for either.
export const Objections = lazy(async () => ({ default: (await import('./objections')).Objections }));
export const Matches = lazy(async () => ({ default: (await import('./matches')).Matches }));
