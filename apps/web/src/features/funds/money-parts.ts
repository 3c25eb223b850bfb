import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '../../api/client';

type Part = Schemas['BudgetPartView'];

/** What a part of a campaign's money is called: its milestone's name, or what is over. */
export function usePartWords(parts: readonly Part[]): (part: string) => string {
  const { t } = useLingui();
  return (part) => {
    if (part === 'matched') return t`配捐的钱`;
    if (part === 'returned_match') return t`要退给配捐人的钱`;
    if (part === 'surplus') return t`用剩的钱`;
    const known = parts.find((one) => one.part === part)?.title;
    return known ?? t`第 ${Number(part.split(':')[1] ?? 0) + 1} 步`;
  };
}
