import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const good = { SANDBOX_SECRET: '0123456789abcdef', SANDBOX_BOOKS: 'books' };

describe('configuration', () => {
  it('fills in the defaults', () => {
    expect(readConfig(good)).toEqual({
      ...{ host: '127.0.0.1', port: 3002, secret: '0123456789abcdef', booksFolder: 'books' },
      ...{ callbackUrl: undefined, publicUrl: undefined, logLevel: 'info' },
    });
  });

  it.each([
    ['SANDBOX_SECRET', undefined, 'is missing'],
    ['SANDBOX_SECRET', '0123456789abcde', 'too short'],
    ['SANDBOX_BOOKS', '', 'is missing'],
    ['SANDBOX_PORT', '70000', 'whole number'],
    ['SANDBOX_PORT', '30 02', 'whole number'],
    ['SANDBOX_CALLBACK_URL', 'ftp://x', 'http or https'],
    ['SANDBOX_PUBLIC_URL', 'http://', 'http or https'],
    ['LOG_LEVEL', 'loud', 'one of'],
  ])('refuses %s=%s by name, without showing the value', (name, value, problem) => {
    const read = () => readConfig({ ...good, [name]: value });
    expect(read).toThrow(name);
    expect(read).toThrow(problem);
  });
});
