import type { Command } from 'commander';
import type { Terminal } from '../output/terminal.js';

/** What a command has to work with. */
export interface CommandSetting {
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
}

/** Adds one command to the program. Its action throws a user error for what the caller must change. */
export type AddCommand = (program: Command, setting: CommandSetting) => void;
