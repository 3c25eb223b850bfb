import { lazy } from 'react';

// Most campaigns have no match, and objections are raised before they open: readers need not wait for either.
export const objectionsPart = async () => ({ default: (await import('./objections')).Objections });
export const matchesPart = async () => ({ default: (await import('./matches')).Matches });

export const Objections = lazy(objectionsPart);
export const Matches = lazy(matchesPart);
