/** The answer, or its refusal thrown, so that one place shows refusals. */
export async function must<Data>(
  answer: Promise<{ readonly data?: Data; readonly error?: unknown; readonly response: Response }>,
): Promise<Data> {
  const { data, error, response } = await answer;
  if (!response.ok) throw error;
  return data as Data;
}
