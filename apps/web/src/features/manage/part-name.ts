import { useLingui } from '@lingui/react/macro';

/** `milestone:0` as people say it; milestones are counted from one. */
export function usePartName(): (part: string) => string {
  const { t } = useLingui();
  return (part) => {
    const position = /^milestone:(\d+)$/.exec(part)?.[1];
    if (position !== undefined) return t`第 ${Number(position) + 1} 步`;
    if (part === 'matched') return t`配捐的钱`;
    if (part === 'returned_match') return t`要退回出资方的钱`;
    return t`剩下的钱`;
  };
}
