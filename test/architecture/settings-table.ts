import { ApiConfig, OpsConfig, WorkerConfig, settingsOf } from '@hehuo/platform';

/** One line of a settings table: variable, who reads it, default, meaning. */
export type SettingLine = readonly [name: string, readBy: string, byDefault: string, text: string];

const processes = { api: ApiConfig, worker: WorkerConfig, ops: OpsConfig };

/** What the config classes say, in the order of their declaration. */
export function declaredSettings(): SettingLine[] {
  const lines = new Map<string, { readBy: string[]; byDefault: string; text: string }>();
  for (const [process, config] of Object.entries(processes)) {
    for (const { name, byDefault, text } of settingsOf(config)) {
      const line = lines.get(name) ?? { readBy: [], byDefault: shown(byDefault), text };
      line.readBy.push(process);
      lines.set(name, line);
    }
  }
  return [...lines].map(([name, { readBy, byDefault, text }]) => [name, readBy.join(', '), byDefault, text]);
}

function shown(byDefault: string | undefined): string {
  if (byDefault === undefined) return 'required';
  return byDefault === '' ? 'may be left out' : `\`${byDefault}\``;
}

/** The lines of the table that stands under a heading of a document. */
export function documentedSettings(document: string, heading: string): SettingLine[] {
  const section = document.split(`\n${heading}\n`)[1]?.split(/\n#+ /)[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name = '', readBy = '', byDefault = '', text = '']) => [
      name.replaceAll('`', ''),
      readBy,
      byDefault,
      text,
    ]);
}
