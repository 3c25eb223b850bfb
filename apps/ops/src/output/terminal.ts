/** What a command may write to. Results go to `out`, so that they can be piped; what is going on goes to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person watches `err`, so that a line may be written over. */
  readonly isWatched: boolean;
}

export function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    isWatched: process.stderr.isTTY === true,
  };
}

/** A mistake of the person at the keyboard, or a state that the command cannot work in: told in one message, exit 1. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UserError';
  }
}

/** Shows how far a long piece of work is: on a terminal one line that is written over, else nothing. */
export function progress(terminal: Terminal, what: string): (done: number, of: number) => void {
  if (!terminal.isWatched) return () => undefined;
  return (done, of) => {
    const isOver = done >= of;
    process.stderr.write(`\r\x1b[2K${isOver ? '' : `${what} ${done + 1}/${of} ...`}`);
  };
}
