import { useQuery } from '@tanstack/react-query';
import { readAnswer } from './desk-list';

/** One object of the desk, read again when it changed. */
export function useAnswer<Answer>(
  path: string,
  of: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string>> = {},
  enabled = true,
) {
  return useQuery({
    enabled,
    queryKey: ['get', path, { path: of, query }],
    queryFn: async () => {
      const { data, error } = await readAnswer<Answer>(path, of, query);
      if (data === undefined) throw error;
      return data;
    },
  });
}
