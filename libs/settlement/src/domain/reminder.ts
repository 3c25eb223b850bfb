/** Hours before the end of a collection at which its payers are reminded; traps.md A5 asks for every 48 hours. */
export const reminderHours: readonly number[] = [144, 96, 48, 24, 3];

/**
 * The reminder that is due with `hoursLeft` to the end: the nearest one whose time has come, so that a platform that
 * was away reminds once instead of catching up on all of them. Null when it is too early or over.
 */
export function dueReminder(hoursLeft: number): number | null {
  if (hoursLeft <= 0) return null;
  const passed = reminderHours.filter((hours) => hoursLeft <= hours);
  return passed.length === 0 ? null : Math.min(...passed);
}
