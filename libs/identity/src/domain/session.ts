/** `phone`: opened by a one-time code, acts as a resident. `staff`: opened by password and second factor, carries roles. */
export type SessionKind = 'phone' | 'staff';

interface SessionLife {
  /** The session ends when it is not used for so long. */
  readonly idleMinutes: number;
  /** It ends after so long in any case. */
  readonly wholeMinutes: number;
}

export const SESSION_LIFE: Readonly<Record<SessionKind, SessionLife>> = {
  phone: { idleMinutes: 30 * 24 * 60, wholeMinutes: 180 * 24 * 60 },
  staff: { idleMinutes: 2 * 60, wholeMinutes: 12 * 60 },
};

/** A read of the session writes "seen" at most this often. */
export const seenEveryMinutes = 5;

/** A coarse name of the device, for the list of sessions: the system and the browser, no version, nothing to track by. */
export function deviceLabel(userAgent: string | undefined): string {
  const text = userAgent ?? '';
  const system = firstMatch(text, [
    [/HarmonyOS|OpenHarmony/i, 'HarmonyOS'],
    [/iPhone/i, 'iPhone'],
    [/iPad/i, 'iPad'],
    [/Android/i, 'Android'],
    [/Windows/i, 'Windows'],
    [/Mac OS X|Macintosh/i, 'Mac'],
    [/Linux/i, 'Linux'],
  ]);
  const browser = firstMatch(text, [
    [/MicroMessenger/i, 'WeChat'],
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  return [system, browser].filter(Boolean).join(' · ') || '其他设备';
}

function firstMatch(text: string, names: readonly (readonly [RegExp, string])[]): string | undefined {
  return names.find(([pattern]) => pattern.test(text))?.[1];
}
